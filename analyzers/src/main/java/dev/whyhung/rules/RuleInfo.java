package dev.whyhung.rules;

import dev.whyhung.model.Visible;
import java.util.Set;

/**
 * What is known of a rule before it runs.
 *
 * @param id its public name, kebab-case; the class is the same in PascalCase
 * @param title one line without a period, naming the fault
 * @param nature what it does to blame
 * @param needs without any of these it cannot be examined at all
 */
public record RuleInfo(String id, String title, Nature nature, Set<Visible> needs) {

    public RuleInfo {
        needs = Set.copyOf(needs);
    }

    public static RuleInfo of(String id, String title, Nature nature, Visible... needs) {
        return new RuleInfo(id, title, nature, Set.of(needs));
    }

    /** Class-path name of the rule's page. */
    public String page() {
        return "/dev/whyhung/rules/" + id + ".md";
    }
}
