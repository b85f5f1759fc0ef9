/**
 * Renders a {@link dev.whyhung.diagnose.Diagnosis} as terminal text, JSON, Markdown and one HTML page. Each renderer is a function
 * of the diagnosis alone; whatever came out of a dump passes {@link dev.whyhung.report.Legible} on its way out.
 */
@NullMarked
package dev.whyhung.report;

import org.jspecify.annotations.NullMarked;
