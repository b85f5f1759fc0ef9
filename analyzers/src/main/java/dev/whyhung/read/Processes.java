package dev.whyhung.read;

import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadDump;
import java.util.ArrayList;
import java.util.List;

/** Sorts what the inputs of a run hold by process. */
final class Processes implements Harvest {

    private final Budget budget;
    private final StackTable table = new StackTable();
    private final List<EvidenceCollector> collectors = new ArrayList<>();

    Processes(Budget budget) {
        this.budget = budget;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public StackTable stacks() {
        return table;
    }

    @Override
    public void dump(ThreadDump dump) {
        for (EvidenceCollector collector : collectors) {
            if (collector.accepts(dump)) {
                collector.add(dump);
                return;
            }
        }
        EvidenceCollector collector = new EvidenceCollector();
        collector.add(dump);
        collectors.add(collector);
    }

    @Override
    public void recording(Recording recording) {
        for (EvidenceCollector collector : collectors) {
            if (collector.accepts(recording)) {
                collector.add(recording);
                return;
            }
        }
        EvidenceCollector collector = new EvidenceCollector();
        collector.add(recording);
        collectors.add(collector);
    }

    /** One entry a process, in order of first appearance. */
    List<Evidence> evidence() {
        return collectors.stream().map(EvidenceCollector::evidence).toList();
    }
}
