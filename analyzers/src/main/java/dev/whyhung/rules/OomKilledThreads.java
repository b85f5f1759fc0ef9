package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.time.Death;
import dev.whyhung.model.Recording.Thrown;
import java.util.List;

/** Threads ended because there was no memory, or no room for another thread. */
final class OomKilledThreads implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "oom-killed-threads", "Threads ended by OutOfMemoryError", Nature.DATA_QUALITY)
            .withEvents("JavaErrorThrow");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final String ERROR = "java.lang.OutOfMemoryError";

    @Override
    public List<Finding> examine(Facts facts) {
        List<Death> dead = facts.recorded().deaths().stream()
                .filter(death -> death.last()
                        .map(Thrown::className)
                        .filter(ERROR::equals)
                        .isPresent())
                .toList();
        if (dead.isEmpty()) {
            return List.of();
        }
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threads(dead.size()) + " ended by OutOfMemoryError: "
                        + dead.get(0).last().map(Thrown::message).orElse(""))
                .explanation(
                        "The error is often over when one looks: the thread that died has released what it asked for.",
                        "What the thread was to do is not done any more.")
                .captureNext("java -XX:+HeapDumpOnOutOfMemoryError -XX:+ExitOnOutOfMemoryError ...");
        dead.stream().limit(3).forEach(death -> Account.show(draft, death));
        return List.of(draft.build());
    }
}
