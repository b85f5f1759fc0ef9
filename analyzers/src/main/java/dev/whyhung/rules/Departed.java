package dev.whyhung.rules;

import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A thread that the dump before has and the examined one has not, and that no thread of the same name has replaced. */
record Departed(ThreadId id, Sighting sighting, String source) {

    static List<Departed> all(Facts facts) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        if (earlier.isEmpty()) {
            return List.of();
        }
        DumpTrace before = earlier.get(0);
        Set<String> names = new HashSet<>();
        facts.threads().stream().map(ThreadFacts::name).forEach(names::add);
        List<Departed> all = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (facts.thread(before.idAt(i)).isEmpty()
                    && !names.contains(before.at(i).name())) {
                all.add(new Departed(before.idAt(i), before.at(i), before.info().source()));
            }
        }
        return all;
    }

    String name() {
        return sighting.name();
    }

    /** The application frame under which it took from a queue, if that is what it did. */
    Optional<Frame> consumes(Knowledge knowledge) {
        var reading = knowledge.read(sighting.stack());
        return reading.passive(name()).filter("queue-consumer"::equals).flatMap(id -> reading.appFrame());
    }

    Culprit culprit() {
        return new Culprit(name(), id, false, false, null);
    }

    Exhibit exhibit() {
        return new Exhibit(source, sighting.line(), '"' + name() + "\" was still there");
    }
}
