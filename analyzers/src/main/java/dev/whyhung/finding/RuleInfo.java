package dev.whyhung.finding;

import dev.whyhung.model.Visible;
import java.util.Set;

/**
 * What is known of a rule before it runs.
 *
 * @param id its public name, kebab-case; the class is the same in PascalCase
 * @param title one line without a period, naming the fault
 * @param nature what it does to blame
 * @param needs without any of these it cannot be examined at all
 * @param events the same for events of a recording, by name without {@code jdk.}; any recording will do
 * @param supported rules whose findings gain confidence where this one is found on the same resource
 */
public record RuleInfo(
        String id, String title, Nature nature, Set<Visible> needs, Set<String> events, Set<String> supported) {

    /** What a finding gains by one that supports it. */
    public static final double SUPPORT = .1;

    public RuleInfo {
        needs = Set.copyOf(needs);
        events = Set.copyOf(events);
        supported = Set.copyOf(supported);
    }

    public static RuleInfo of(String id, String title, Nature nature, Visible... needs) {
        return new RuleInfo(id, title, nature, Set.of(needs), Set.of(), Set.of());
    }

    /** The same rule, which needs a recording that would show such events. */
    public RuleInfo withEvents(String... names) {
        return new RuleInfo(id, title, nature, needs, Set.of(names), supported);
    }

    /** The same rule, which supports findings of those with these ids. */
    public RuleInfo supporting(String... ids) {
        return new RuleInfo(id, title, nature, needs, events, Set.of(ids));
    }

    /** Class-path name of the rule's page. */
    public String page() {
        return "/dev/whyhung/rules/" + id + ".md";
    }
}
