package dev.whyhung.rules;

/** A piece of evidence: where it stands (source and line from 1) and what it says. */
public record Exhibit(String source, int line, String text) {}
