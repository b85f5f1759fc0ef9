package dev.whyhung.graph.waitfor;

import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/** Strongly connected components of two threads or more, by Tarjan's algorithm without recursion: a chain of waits may be long. */
final class StrongComponents {
    private final List<ThreadFacts> threads;
    private final IntFunction<List<ThreadFacts>> successors;
    private final int[] number;
    private final int[] low;
    private final boolean[] onStack;
    private final int[] nextEdge;
    private final Deque<Integer> path = new ArrayDeque<>();
    private final Deque<Integer> stack = new ArrayDeque<>();
    private final List<List<ThreadFacts>> found = new ArrayList<>();
    private int counter;

    /** Successors of a thread, given by its index. */
    StrongComponents(List<ThreadFacts> threads, IntFunction<List<ThreadFacts>> successors) {
        this.threads = threads;
        this.successors = successors;
        int size = threads.size();
        number = new int[size];
        low = new int[size];
        onStack = new boolean[size];
        nextEdge = new int[size];
        Arrays.fill(number, -1);
    }

    /** Those of which one of these is a member. */
    List<List<ThreadFacts>> find(Iterable<ThreadFacts> members) {
        for (ThreadFacts member : members) {
            int index = member.index();
            if (number[index] < 0 && !successors.apply(index).isEmpty()) {
                visitFrom(index);
            }
        }
        return found;
    }

    private void visitFrom(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int at = path.peek();
            List<ThreadFacts> next = successors.apply(at);
            if (nextEdge[at] < next.size()) {
                int to = next.get(nextEdge[at]++).index();
                if (number[to] < 0) {
                    enter(to);
                } else if (onStack[to]) {
                    low[at] = Math.min(low[at], number[to]);
                }
            } else {
                leave(at);
            }
        }
    }

    private void enter(int index) {
        number[index] = counter;
        low[index] = counter++;
        onStack[index] = true;
        path.push(index);
        stack.push(index);
    }

    private void leave(int index) {
        path.pop();
        Integer parent = path.peek();
        if (parent != null) {
            low[parent] = Math.min(low[parent], low[index]);
        }
        if (low[index] == number[index]) {
            List<ThreadFacts> component = new ArrayList<>();
            int member;
            do {
                member = stack.pop();
                onStack[member] = false;
                component.add(threads.get(member));
            } while (member != index);
            if (component.size() > 1) {
                found.add(component);
            }
        }
    }
}
