/**
 * What evidence is wrapped in: archives, encodings, mails, web pages, terminals, logs of other tools. What is inside is read as if it
 * stood alone.
 */
@NullMarked
package dev.whyhung.read.container;

import org.jspecify.annotations.NullMarked;
