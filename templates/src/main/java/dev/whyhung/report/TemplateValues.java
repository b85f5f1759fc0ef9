package dev.whyhung.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateSequenceModel;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the templates may see: text, numbers, truth values, lists, and the components of this package's records; nothing else, and
 * no methods. Every text passes {@link Legible} here, so that no template can forget it, and FreeMarker's own wrapper with its
 * start-up cost is not needed.
 */
final class TemplateValues implements ObjectWrapper {

    /** Longer text is not for reading; the middle of it is left out. */
    static final int LONGEST_TEXT = 4_000;

    /** Text that keeps its line breaks. */
    record Code(String text) {}

    /** Markup of our own, in which everything foreign is escaped already. */
    record Markup(String html) {}

    private static final ClassValue<Map<String, Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            Map<String, Method> accessors = new HashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                accessors.put(component.getName(), component.getAccessor());
            }
            return accessors;
        }
    };

    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
        if (value == null || value instanceof TemplateModel) {
            return (TemplateModel) value;
        }
        if (value instanceof String text) {
            return new SimpleScalar(Legible.shortened(text, LONGEST_TEXT));
        }
        if (value instanceof Code code) {
            return new SimpleScalar(Legible.block(code.text()));
        }
        if (value instanceof Markup markup) {
            return HTMLOutputFormat.INSTANCE.fromMarkup(markup.html());
        }
        if (value instanceof Number number) {
            return new SimpleNumber(number);
        }
        if (value instanceof Boolean truth) {
            return truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
        }
        if (value instanceof List<?> list) {
            return new Sequence(this, list);
        }
        if (value instanceof Record components) {
            return new Components(this, components);
        }
        throw new TemplateModelException("templates have no use for a " + value.getClass());
    }

    private record Sequence(TemplateValues values, List<?> list) implements TemplateSequenceModel {
        @Override
        public @Nullable TemplateModel get(int index) throws TemplateModelException {
            return index < list.size() ? values.wrap(list.get(index)) : null;
        }

        @Override
        public int size() {
            return list.size();
        }
    }

    private record Components(TemplateValues values, Record components) implements TemplateHashModel {
        @Override
        public @Nullable TemplateModel get(String name) throws TemplateModelException {
            Method accessor = ACCESSORS.get(components.getClass()).get(name);
            if (accessor == null) {
                throw new TemplateModelException(components.getClass().getSimpleName() + " has no " + name);
            }
            try {
                return values.wrap(accessor.invoke(components));
            } catch (ReflectiveOperationException e) {
                throw new TemplateModelException(name, e);
            }
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }
}
