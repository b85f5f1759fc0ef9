package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadRef;

/** Threads that an earlier dump still had: one of them may have taken something with it. */
final class Vanished {

    private static final int MOST = 3;

    private Vanished() {}

    static void show(Finding.Draft draft, Facts facts) {
        int shown = 0;
        for (DumpTrace trace : facts.evidence().earlier()) {
            for (int i = 0; i < trace.size() && shown < MOST; i++) {
                Sighting gone = trace.at(i);
                boolean started = gone.name().equals("main");
                if (facts.thread(trace.idAt(i)).isEmpty() && !gone.stack().isEmpty() && !started) {
                    String name = new ThreadRef(trace.idAt(i), gone.name(), false).quoted();
                    draft.evidence(
                            new Exhibit(trace.info().source(), gone.line(), name + " was here and is gone later"));
                    shown++;
                }
            }
        }
    }
}
