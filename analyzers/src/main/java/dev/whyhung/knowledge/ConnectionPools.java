package dev.whyhung.knowledge;

import dev.whyhung.model.Frame;
import java.util.List;

/**
 * Pools that lend connections of one kind, and the frames by which a thread betrays that it has or opens one. No dump says who has
 * borrowed what.
 *
 * @param id what is lent: {@code JDBC}
 * @param borrows ids of the calls that wait for such a pool: {@code HikariCP}
 * @param told those of them whose waiters wait for an object of the pool, so that two pools can be told apart
 * @param holding frames of whoever works with a connection: a driver, an open transaction
 * @param connecting frames of whoever has no connection yet, though it is in a driver
 * @param opening frames of whoever opens a new connection for the pool
 * @param joining frames below a borrow which take the connection of the open transaction, if there is one
 * @param helping frames of threads of the pool that rest between two attempts to open a connection
 * @param suspending frames below a borrow which suspend the open transaction, that keeps its connection, and begin another
 */
public record ConnectionPools(
        String id,
        List<String> borrows,
        List<String> told,
        List<FramePattern> holding,
        List<FramePattern> connecting,
        List<FramePattern> opening,
        List<FramePattern> joining,
        List<FramePattern> helping,
        List<FramePattern> suspending) {

    public ConnectionPools {
        borrows = List.copyOf(borrows);
        told = List.copyOf(told);
        holding = List.copyOf(holding);
        connecting = List.copyOf(connecting);
        opening = List.copyOf(opening);
        joining = List.copyOf(joining);
        helping = List.copyOf(helping);
        suspending = List.copyOf(suspending);
    }

    public boolean lends(Call call) {
        return call.kind() == Call.Kind.BORROW && borrows.contains(call.id());
    }

    /** Whether the object that this call waits on is one of the pool. */
    public boolean tells(Call call) {
        return lends(call) && told.contains(call.id());
    }

    public boolean isHolding(List<Frame> frames) {
        return FramePattern.anyMatches(holding, frames) && !FramePattern.anyMatches(connecting, frames);
    }

    public boolean isOpening(List<Frame> frames) {
        return FramePattern.anyMatches(opening, frames);
    }

    public boolean isHelping(List<Frame> frames) {
        return FramePattern.anyMatches(helping, frames);
    }

    public boolean isJoining(List<Frame> frames) {
        return FramePattern.anyMatches(joining, frames) && !FramePattern.anyMatches(suspending, frames);
    }
}
