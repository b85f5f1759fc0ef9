package dev.whyhung.report;

import dev.whyhung.finding.RuleInfo;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockRef;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies a tree of records with every text in it changed. It goes by the components, so that a text which is added to a record
 * later is not forgotten. Names of classes and methods and what is known of a rule stay as they are.
 */
final class RecordCopy {

    private static final Set<Class<?>> KEPT = Set.of(RuleInfo.class, Frame.class, LockRef.class);

    private RecordCopy() {}

    @SuppressWarnings("unchecked") // a record is copied to one of its own class
    static <T extends Record> T of(T original, UnaryOperator<String> change) {
        return (T) copyOf(original, change);
    }

    /** Hands every text of the tree to the consumer. */
    static void texts(Record original, Consumer<String> consumer) {
        of(original, text -> {
            consumer.accept(text);
            return text;
        });
    }

    private static @Nullable Object copy(@Nullable Object value, UnaryOperator<String> change) {
        if (value instanceof String text) {
            return change.apply(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copies = new ArrayList<>(list.size());
            list.forEach(element -> copies.add(copy(element, change)));
            return copies;
        }
        return value instanceof Record original && !KEPT.contains(value.getClass()) ? copyOf(original, change) : value;
    }

    private static Object copyOf(Record original, UnaryOperator<String> change) {
        RecordComponent[] components = original.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = copy(components[i].getAccessor().invoke(original), change);
            }
            Constructor<? extends Record> constructor = original.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(original.getClass() + " cannot be copied", e);
        }
    }
}
