package dev.whyhung.model;

/** A line that a reader could not use: its number from 1, and its beginning as text. */
public record Skipped(int line, String text) {}
