package dev.whyhung.graph.thread;

import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadRef;
import java.time.Instant;
import java.util.Optional;

/** The last that a recording tells of whoever would have signalled: what it threw, where that is recorded, or its end. */
public record Failure(ThreadRef thread, Instant at, Optional<Thrown> thrown) {}
