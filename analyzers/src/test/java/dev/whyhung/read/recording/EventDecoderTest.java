package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields come and go with the versions of the JDK. */
class EventDecoderTest {

    static final class Small extends Event {
        long there = 7;
        boolean yes = true;
    }

    @Test
    void aFieldThatAnotherVersionHasIsNoFault(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("small.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(Small.class);
            recording.start();
            new Small().commit();
            recording.stop();
            recording.dump(file);
        }
        RecordedEvent event = RecordingFile.readAllEvents(file).get(0);
        assertEquals(7, EventDecoder.number(event, "there"));
        assertEquals(0, EventDecoder.number(event, "until"));
        assertTrue(EventDecoder.flag(event, "yes"));
        assertFalse(EventDecoder.flag(event, "timedOut"));
    }
}
