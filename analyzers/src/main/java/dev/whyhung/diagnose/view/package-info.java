/** What a report shows of the threads, stacks, pools and resources of a process. */
@NullMarked
package dev.whyhung.diagnose.view;

import org.jspecify.annotations.NullMarked;
