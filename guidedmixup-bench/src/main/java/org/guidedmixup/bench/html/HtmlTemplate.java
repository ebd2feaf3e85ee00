package org.guidedmixup.bench.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with places named <code>{{name}}</code>, kept as a resource beside the class that fills it. */
public final class HtmlTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String page;
    private final Map<String, String> values = new HashMap<>();

    private HtmlTemplate(String page) {
        this.page = page;
    }

    /**
     * Loads a template.
     *
     * @param owner the class whose package holds the template
     * @param name the name of the resource
     * @return the template, still empty
     */
    public static HtmlTemplate load(Class<?> owner, String name) {
        return new HtmlTemplate(resource(owner, name));
    }

    /**
     * The text of a resource.
     *
     * @param owner the class from whose package the name is looked up
     * @param name the name of the resource
     * @return its text
     */
    public static String resource(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " is missing beside " + owner.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /**
     * Fills a place with text; characters that mean something in HTML are escaped.
     *
     * @param name the place
     * @param text any text
     * @return this template
     */
    public HtmlTemplate text(String name, String text) {
        return html(name, escape(text));
    }

    /**
     * Fills a place with HTML as it is.
     *
     * @param name the place
     * @param html trusted HTML
     * @return this template
     */
    public HtmlTemplate html(String name, String html) {
        values.put(name, html);
        return this;
    }

    /**
     * Fills a place inside a script element with JSON, so that nothing in it can end the element.
     *
     * @param name the place
     * @param json valid JSON
     * @return this template
     */
    public HtmlTemplate json(String name, String json) {
        return html(name, json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
    }

    /**
     * The page.
     *
     * @return all of it, with every place filled
     * @throws IllegalStateException if a place has no value
     */
    public String render() {
        return PLACE.matcher(page).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing fills " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /**
     * Text as HTML.
     *
     * @param text any text
     * @return the text with {@code & < > " '} as entities
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
