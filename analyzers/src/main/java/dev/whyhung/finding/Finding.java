package dev.whyhung.finding;

import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found, before ranking.
 *
 * @param rule the rule that found it
 * @param kind sub-kind such as {@code across-io}, or null
 * @param headline one sentence without jargon: what is wrong
 * @param explanation some sentences: how it came to this, and what is not known
 * @param culprits threads to blame
 * @param resources what they hold or what is missing, most important first
 * @param targets the nodes of the wait-for graph at which attribution to this finding ends
 * @param confidence the rule's own confidence, 0 to 1
 * @param permanent whether the structure alone proves that it will never resolve
 * @param knot whether its threads wait for each other in a circle, so that nothing lies behind it
 * @param printed whether the JVM itself printed every edge that the finding rests on
 * @param background whether something has stopped that is missed later: it matters even while nobody waits for it
 * @param persistence for how long the wait is known to have lasted
 * @param site the frame that acquires or waits, for a fingerprint that survives a restart; or empty
 * @param evidence lines of the inputs
 * @param chain the story as steps from cause to victims
 * @param fixes what to change
 * @param captureNext commands that would turn a doubt into a proof
 */
public record Finding(
        RuleInfo rule,
        @Nullable String kind,
        String headline,
        String explanation,
        List<Culprit> culprits,
        List<Resource> resources,
        List<Node> targets,
        double confidence,
        boolean permanent,
        boolean knot,
        boolean printed,
        boolean background,
        Persistence persistence,
        String site,
        List<Exhibit> evidence,
        List<String> chain,
        List<Fix> fixes,
        List<String> captureNext) {

    public Finding {
        culprits = List.copyOf(culprits);
        resources = List.copyOf(resources);
        targets = List.copyOf(targets);
        evidence = List.copyOf(evidence);
        chain = List.copyOf(chain);
        fixes = List.copyOf(fixes);
        captureNext = List.copyOf(captureNext);
    }

    public static Draft of(RuleInfo rule) {
        return new Draft(rule);
    }

    /** Collects the parts of a finding. */
    public static final class Draft {
        private final RuleInfo rule;
        private @Nullable String kind;
        private String headline = "";
        private String explanation = "";
        private final List<Culprit> culprits = new ArrayList<>();
        private final List<Resource> resources = new ArrayList<>();
        private final List<Node> targets = new ArrayList<>();
        private double confidence;
        private boolean permanent;
        private boolean knot;
        private boolean printed;
        private boolean background;
        private Persistence persistence = Persistence.SINGLE;
        private String site = "";
        private final List<Exhibit> evidence = new ArrayList<>();
        private final List<String> chain = new ArrayList<>();
        private final List<Fix> fixes = new ArrayList<>();
        private final List<String> captureNext = new ArrayList<>();

        private Draft(RuleInfo rule) {
            this.rule = rule;
        }

        public Draft kind(String value) {
            kind = value;
            return this;
        }

        public Draft headline(String value) {
            headline = value;
            return this;
        }

        /** Some sentences; an empty one is left out. */
        public Draft explanation(String... sentences) {
            List<String> said = new ArrayList<>(List.of(sentences));
            said.removeIf(String::isEmpty);
            explanation = String.join(" ", said);
            return this;
        }

        public Draft culprit(Culprit value) {
            culprits.add(value);
            return this;
        }

        public Draft resource(Resource value) {
            resources.add(value);
            return this;
        }

        public Draft target(Node value) {
            targets.add(value);
            return this;
        }

        public Draft confidence(double value) {
            confidence = value;
            return this;
        }

        /** The structure alone proves that it never resolves. */
        public Draft permanent() {
            permanent = true;
            return this;
        }

        /** Its threads wait for each other in a circle. */
        public Draft knot() {
            knot = true;
            return this;
        }

        /** The JVM printed every edge that this rests on. */
        public Draft printed() {
            printed = true;
            return this;
        }

        /** Something has stopped that is missed later, however few wait now: a finalizer, a task that needs what its caller keeps. */
        public Draft background() {
            background = true;
            return this;
        }

        public Draft persistence(Persistence value) {
            persistence = value;
            return this;
        }

        public Draft site(String value) {
            site = value;
            return this;
        }

        public Draft evidence(Exhibit value) {
            evidence.add(value);
            return this;
        }

        /** A step of the story; its first letter becomes a capital. */
        public Draft chain(String step) {
            chain.add(step.substring(0, 1).toUpperCase(Locale.ROOT) + step.substring(1));
            return this;
        }

        public Draft fix(Fix value) {
            fixes.add(value);
            return this;
        }

        public Draft captureNext(String command) {
            captureNext.add(command);
            return this;
        }

        public Finding build() {
            return new Finding(
                    rule,
                    kind,
                    headline,
                    explanation,
                    culprits,
                    resources,
                    targets,
                    confidence,
                    permanent,
                    knot,
                    printed,
                    background,
                    persistence,
                    site,
                    evidence,
                    chain,
                    fixes,
                    captureNext);
        }
    }
}
