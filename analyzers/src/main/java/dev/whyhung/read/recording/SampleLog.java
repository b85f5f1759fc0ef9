package dev.whyhung.read.recording;

import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.ThreadRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples by thread and time. */
final class SampleLog {

    private final Spans spans;
    private final List<Samples> all = new ArrayList<>();

    SampleLog(Spans spans) {
        this.spans = spans;
    }

    void add(ThreadRef thread, @Nullable SampleCounts counts) {
        if (counts == null) {
            return;
        }
        for (int span = counts.from(); span < counts.to(); span++) {
            int running = counts.running(span);
            int inNative = counts.inNative(span);
            if (running + inNative > 0) {
                all.add(new Samples(thread, spans.begin(span), spans.each(), running, inNative));
            }
        }
    }

    List<Samples> samples() {
        all.sort(Comparator.comparing(Samples::from)
                .thenComparing(samples -> samples.thread().id()));
        return all;
    }
}
