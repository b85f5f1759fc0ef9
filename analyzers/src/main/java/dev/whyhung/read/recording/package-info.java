/** Recordings of the JDK Flight Recorder. */
@NullMarked
package dev.whyhung.read.recording;

import org.jspecify.annotations.NullMarked;
