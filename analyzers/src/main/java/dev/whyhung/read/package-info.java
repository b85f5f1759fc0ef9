/**
 * The way from files to {@link dev.whyhung.model.Evidence}: {@code bytes}, out of their {@code container}s, to the reader of their
 * format ({@code hotspot}, {@code dialect}, {@code filedump}, {@code recording}, {@code heap}), whose {@code harvest} is {@code join}ed
 * by process.
 */
@NullMarked
package dev.whyhung.read;

import org.jspecify.annotations.NullMarked;
