package dev.whyhung.model;

import java.util.ArrayList;
import java.util.List;

/**
 * All that was observed of one process.
 *
 * @param focus the dump under examination: the latest whole one
 * @param others the other dumps, in time order, reduced to what persistence needs
 * @param notes what a reader of the report must know about the evidence, a sentence each
 */
public record Evidence(ThreadDump focus, List<DumpTrace> others, List<String> notes) {

    public Evidence {
        others = List.copyOf(others);
        notes = List.copyOf(notes);
    }

    /** Every dump, the focus last. */
    public List<DumpInfo> dumps() {
        List<DumpInfo> all = new ArrayList<>();
        others.forEach(trace -> all.add(trace.info()));
        all.add(focus.info());
        return all;
    }
}
