/** What happened when: the time axis of a report. */
@NullMarked
package dev.whyhung.diagnose.chronicle;

import org.jspecify.annotations.NullMarked;
