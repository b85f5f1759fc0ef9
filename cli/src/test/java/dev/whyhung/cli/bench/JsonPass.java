package dev.whyhung.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The least that a reader of JSON must do: a streaming pass that touches the characters of every string. */
final class JsonPass {

    private JsonPass() {}

    public static void main(String[] arguments) throws IOException {
        long sum = 0;
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]));
                JsonParser json = new JsonFactory().createParser(in)) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING) {
                    char[] text = json.getTextCharacters();
                    int end = json.getTextOffset() + json.getTextLength();
                    for (int i = json.getTextOffset(); i < end; i++) {
                        sum += text[i];
                    }
                }
            }
        }
        System.out.println(sum);
    }
}
