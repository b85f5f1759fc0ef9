package dev.whyhung.report;

import dev.whyhung.diagnose.Diagnosis;
import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.log.Logger;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;

/**
 * The report as one HTML page: no request to anywhere, light and dark, readable from 360 pixels on, whole without its script.
 * The text of the page stands in {@code report.ftlh} and {@code sections/}, its looks in {@code report.css}, what the script
 * adds in {@code report.js}.
 */
public final class HtmlReport {

    /** What the page includes. These are read beforehand; one that is not named here is read when the page needs it. */
    private static final List<String> PARTS = List.of(
            "parts",
            "sections/findings",
            "sections/blockers",
            "sections/histories",
            "sections/resources",
            "sections/stacks",
            "sections/threads",
            "sections/checks",
            "sections/inputs",
            "sections/glossary");

    private final boolean full;
    private final Template template;
    private final String css;
    private final String script;

    /**
     * Reads the templates. FreeMarker's start costs more than an ordinary page; whoever has other work can let a second thread
     * make this object meanwhile.
     *
     * @param full whether to write every thread and stack, however many there are
     */
    public HtmlReport(boolean full) {
        this.full = full;
        try {
            switchOffLog();
            Configuration configuration = configuration();
            template = configuration.getTemplate("report.ftlh");
            for (String part : PARTS) {
                configuration.getTemplate(part + ".ftlh");
            }
            css = resource("report.css");
            script = resource("report.js");
        } catch (IOException e) {
            throw new UncheckedIOException("the templates are missing from the class path", e);
        }
    }

    /** Errors are thrown; looking for a log to write them to as well costs a tenth of the start. */
    @SuppressWarnings("deprecation") // in favour of a system property, which is not ours to set
    private static void switchOffLog() {
        try {
            Logger.selectLoggerLibrary(Logger.LIBRARY_NONE);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the page, which says of itself that it is UTF-8; flushes the writer and leaves it open. */
    public void write(Diagnosis diagnosis, Writer out) throws IOException {
        Page page = Page.of(diagnosis, full ? Caps.NONE : Caps.ORDINARY, css, script);
        try {
            template.process(page, out);
        } catch (TemplateException e) {
            throw new IllegalStateException("the page's template is wrong", e);
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateLoader(new ClassTemplateLoader(HtmlReport.class, ""));
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocalizedLookup(false);
        configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setObjectWrapper(new TemplateValues());
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setLocale(Locale.ROOT);
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setNumberFormat("computer");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        return configuration;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
