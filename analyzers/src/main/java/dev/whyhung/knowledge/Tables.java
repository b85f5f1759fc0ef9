package dev.whyhung.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of all signature files, in the order in which they were read; the first that matches counts. */
final class Tables {

    record CallSignature(Call call, Signature signature) {}

    record RoleSignature(Role role, Signature signature) {}

    record LockClass(FramePattern pattern, SynchronizerKind kind) {}

    final List<Signature> idle = new ArrayList<>();
    final List<Signature> passive = new ArrayList<>();
    final List<CallSignature> calls = new ArrayList<>();
    final List<RoleSignature> roles = new ArrayList<>();
    final List<String> libraries = new ArrayList<>();
    final Map<String, String> clients = new LinkedHashMap<>();
    final List<LockClass> locks = new ArrayList<>();
    final List<ConnectionPools> pools = new ArrayList<>();
    final List<Signature> tools = new ArrayList<>();
    final List<QueuePair> pairs = new ArrayList<>();
    final List<PoolKeeper> keepers = new ArrayList<>();
    final List<ValueLoad> loads = new ArrayList<>();
    final Map<String, List<FramePattern>> frames = new LinkedHashMap<>();

    static List<FramePattern> join(List<FramePattern> one, List<FramePattern> other) {
        List<FramePattern> joined = new ArrayList<>(one);
        joined.addAll(other);
        return List.copyOf(joined);
    }
}
