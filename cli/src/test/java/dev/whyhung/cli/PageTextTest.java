package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PageTextTest {

    @Test
    void wrapsParagraphsAndItemsButNotCode() {
        String page = """
                # A title

                One two three
                four five six seven.

                - an item that is long
                - a [link](other-rule.md) and [site](https://x.org)

                ```java
                lock.lock();   // a line of code that is longer
                ```
                """;
        assertEquals("""
                A title

                One two three four
                five six seven.

                - an item that is
                  long
                - a link and site
                  (https://x.org)

                    lock.lock();   // a line of code that is longer
                """, new PageText(false, 20).format(page));
    }

    @Test
    void boldTakesNoRoom() {
        assertEquals("\033[1mTitle\033[0m\n", new PageText(true, 20).format("## Title\n"));
        assertEquals("never \033[1mever ever\033[0m so\n", new PageText(true, 18).format("never **ever ever** so\n"));
        assertEquals("never ever ever so\n", new PageText(false, 18).format("never **ever ever** so\n"));
    }
}
