package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.Recording;
import java.time.Instant;
import java.util.List;

/** A recording without a dump of its end: a thread that waits for ever leaves no other trace in it. */
final class JfrNoThreadDump implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("jfr-no-thread-dump", "The recording holds no thread dump of its end", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        if (!facts.recorded().isDumpMissing()) {
            return List.of();
        }
        List<Recording> recordings = facts.recorded().recordings();
        Recording recording = recordings.get(recordings.size() - 1);
        Instant last = recording.lastDump();
        return List.of(Finding.of(INFO)
                .headline(
                        last == null
                                ? "The recording holds no thread dump"
                                : "The last thread dump of the recording is from well before its end")
                .explanation(
                        "Events of waiting are written when the wait ends, so a thread that waits for ever shows in a dump"
                                + " or not at all.",
                        last == null
                                ? "The settings profile write a dump once a minute, and none at the beginning or end."
                                : "A process that is killed leaves no dump of its end, nor does one where another recording"
                                        + " asks for a dump a minute.",
                        facts.onset()
                                .map(onset -> "Request threads gave their last sign of life at " + Account.time(onset)
                                        + ", and the CPU has been idle since.")
                                .orElse(""))
                .evidence(new Exhibit(
                        recording.source(),
                        "recorded until " + Account.time(recording.to())
                                + (last == null ? ", no thread dump" : ", last thread dump " + Account.time(last))))
                .captureNext("jcmd <pid> Thread.print -l   # while it hangs")
                .captureNext("java -XX:StartFlightRecording:settings=default,jdk.ThreadDump#period=60s ...")
                .build());
    }
}
