package dev.whyhung.model;

import java.util.ArrayList;
import java.util.List;

/**
 * All that was observed of one process.
 *
 * @param focus the dump under examination: the latest whole one
 * @param others the other dumps, in time order, reduced to what persistence needs
 * @param focusIndex place of the focus in time: so many of the others were taken before it
 * @param recordings flight recordings of the process, in order of their end
 * @param schedulers readings of the scheduler of virtual threads, in the order of the inputs
 * @param past earlier dumps that were kept whole, in time order; of each, {@code others} has the trace
 * @param notes what a reader of the report must know about the evidence, a sentence each
 */
public record Evidence(
        ThreadDump focus,
        List<DumpTrace> others,
        int focusIndex,
        List<Recording> recordings,
        List<SchedulerReading> schedulers,
        List<ThreadDump> past,
        List<String> notes) {

    public Evidence {
        others = List.copyOf(others);
        recordings = List.copyOf(recordings);
        schedulers = List.copyOf(schedulers);
        past = List.copyOf(past);
        notes = List.copyOf(notes);
    }

    /** Evidence of a single dump. */
    public static Evidence of(ThreadDump dump) {
        return new Evidence(dump, List.of(), 0, List.of(), List.of(), List.of(), List.of());
    }

    /** Whether there is a dump at all; without one the focus is empty. */
    public boolean hasDump() {
        return focus.info().threads() > 0 || !others.isEmpty();
    }

    /** Whether later dumps tell what came after the one under examination, so that a recording is not to. */
    public boolean isPast() {
        return focusIndex < others.size();
    }

    /** Every dump in time order; the focus stands at {@link #focusIndex()}. */
    public List<DumpInfo> dumps() {
        List<DumpInfo> all = new ArrayList<>();
        others.forEach(trace -> all.add(trace.info()));
        all.add(focusIndex, focus.info());
        return all;
    }

    /** The dumps before the focus, latest first. */
    public List<DumpTrace> earlier() {
        List<DumpTrace> earlier = new ArrayList<>();
        for (int i = focusIndex - 1; i >= 0; i--) {
            earlier.add(others.get(i));
        }
        return earlier;
    }

    /** The dumps after the focus, earliest first: there are some if it is not the latest, or one of the {@link #past}. */
    public List<DumpTrace> later() {
        return others.subList(focusIndex, others.size());
    }

    /** The same with one of the {@link #past} dumps under examination, as if it were asked for at that time. */
    public Evidence asOf(ThreadDump dump) {
        List<DumpTrace> rest = new ArrayList<>(others);
        rest.add(focusIndex, DumpTrace.of(focus));
        int index = 0;
        while (!rest.get(index).info().isOfSamePlace(dump.info())) {
            index++;
        }
        rest.remove(index);
        return new Evidence(dump, rest, index, recordings, schedulers, List.of(), notes);
    }
}
