package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadRef;
import java.util.ArrayList;
import java.util.List;

/** A thread that an earlier dump still had: it may have taken something with it. */
public record Vanished(DumpInfo dump, ThreadRef thread, int line) {

    private static final int MOST = 3;

    /** The first few, by dump and by id. */
    public static List<Vanished> firstOf(Evidence evidence, List<ThreadFacts> threads) {
        List<Vanished> vanished = new ArrayList<>();
        for (DumpTrace trace : evidence.earlier()) {
            for (int i = 0; i < trace.size() && vanished.size() < MOST; i++) {
                Sighting gone = trace.at(i);
                boolean started = gone.name().equals("main");
                if (ThreadSet.find(threads, trace.idAt(i)).isEmpty()
                        && !gone.stack().isEmpty()
                        && !started) {
                    ThreadRef thread = new ThreadRef(trace.idAt(i), gone.name(), false);
                    vanished.add(new Vanished(trace.info(), thread, gone.line()));
                }
            }
        }
        return List.copyOf(vanished);
    }
}
