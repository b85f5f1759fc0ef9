package dev.whyhung.knowledge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Threads that a connection pool keeps for itself, which bear its name.
 *
 * @param id the call that borrows from such a pool: {@code HikariCP}
 * @param name of such a thread; its group is the name of the pool
 */
record PoolKeeper(String id, Pattern name) {

    Optional<String> pool(String threadName) {
        Matcher matcher = name.matcher(threadName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
