package dev.whyhung.read;

import java.util.List;

/** Every format that can be read. */
final class Formats {

    private Formats() {}

    /**
     * The first format that recognises the input. Whatever nobody recognises is read as HotSpot text, since a dump may stand
     * anywhere in a log.
     */
    static Format of(Head head) {
        Format hotSpotText = new HotSpotText.Reader();
        return hotSpotText.recognises(head)
                ? hotSpotText
                : Others.ALL.stream()
                        .filter(format -> format.recognises(head))
                        .findFirst()
                        .orElse(hotSpotText);
    }

    /** Apart from the rest, since none of them is needed for ordinary dumps. The order counts: the special before the general. */
    private static final class Others {
        static final List<Format> ALL = List.of(new FlightRecording(), new Unreadable());
    }
}
