package dev.whyhung.read.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where the fields of one class lie in the values of an object in a heap dump: at their end, behind those of subclasses. */
final class FieldLayout {

    private record Place(String name, int fromEnd, int size) {}

    private final List<Place> places;
    private final int size;

    private FieldLayout(List<Place> places, int size) {
        this.places = places;
        this.size = size;
    }

    /** Of a class whose superclasses have no fields. */
    static FieldLayout of(List<HeapRecords.Field> fields, Map<Long, String> names) {
        int size = fields.stream().mapToInt(HeapRecords.Field::size).sum();
        int left = size;
        List<Place> places = new ArrayList<>();
        for (HeapRecords.Field field : fields) {
            String name = names.get(field.name());
            if (name != null) {
                places.add(new Place(name, left, field.size()));
            }
            left -= field.size();
        }
        return new FieldLayout(List.copyOf(places), size);
    }

    Values read(long classId, byte[] values) {
        long[] read = new long[places.size()];
        for (int i = 0; i < read.length; i++) {
            Place place = places.get(i);
            int from = values.length - place.fromEnd;
            for (int at = Math.max(0, from); at < from + place.size; at++) {
                read[i] = read[i] << 8 | (values[at] & 0xff);
            }
        }
        return new Values(classId, this, read);
    }

    /** The fields of an object of this very class, which stand before those of its superclasses. */
    Values readOwn(long classId, byte[] values) {
        return read(classId, Arrays.copyOf(values, Math.min(values.length, size)));
    }

    /** The fields of one object, of this class or of a superclass. */
    static final class Values {
        final long classId;
        private final FieldLayout layout;
        private final long[] values;

        private Values(long classId, FieldLayout layout, long[] values) {
            this.classId = classId;
            this.layout = layout;
            this.values = values;
        }

        boolean has(String name) {
            return indexOf(name) >= 0;
        }

        /** The field of this name; 0 if it has none. */
        long get(String name) {
            int index = indexOf(name);
            return index < 0 ? 0 : values[index];
        }

        private int indexOf(String name) {
            for (int i = 0; i < values.length; i++) {
                if (layout.places.get(i).name.equals(name)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
