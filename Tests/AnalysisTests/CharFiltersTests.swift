import Testing
import TestSupport

@testable import Analysis

struct MappingCharFilterTests {
    @Test func replacesTheLongest() throws {
        let mapping = described("mapping", ["mappings": .strings(["٠ => 0", "١ => 1", "٢ => 2", "٥ => 5"])])
        #expect(
            try analyzer(.name("keyword"), charFilters: [mapping]).tokens(of: "My license plate is ٢٥٠١٥").terms == [
                "My license plate is 25015"
            ])
        let smileys = described("mapping", ["mappings": .strings([":) => _happy_", ":( => _sad_", ":)) => _glad_"])])
        #expect(
            try analyzer(.name("whitespace"), charFilters: [smileys]).tokens(of: "I'm :)) not :( ok").lines == [
                "I'm 0-3@0", "_glad_ 4-7@1", "not 8-11@2", "_sad_ 12-14@3", "ok 15-17@4",
            ])
    }

    @Test func readsEscapes() throws {
        let mapping = described("mapping", ["mappings": .strings(["\\u0041 => x", "\\n => \\u0020"])])
        #expect(try analyzer(.name("whitespace"), charFilters: [mapping]).tokens(of: "A\nb").terms == ["x", "b"])
        for rule in ["a", "=> b", "\\u00 => c"] {
            #expect(thrownCase {
                try analyzer(.name("keyword"), charFilters: [described("mapping", ["mappings": .strings([rule])])])
            } == "invalidSetting")
        }
    }
}

struct HTMLStripCharFilterTests {
    @Test(arguments: [
        ("<p>I&apos;m so <b>happy</b>!</p>", "\nI'm so happy!\n"), ("a &amp; b &lt;c&gt; &eacute; &#65;&#x42; &bogus;", "a & b <c> é AB &bogus;"),
        ("x<!-- <b> -->y", "xy"), ("a<script>if (a < b) {}</script>b", "a\nb"), ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        (#"<a href="x>y">link</a>"#, "link"), ("<br/>", "\n"), ("<", "<"), ("&", "&"), ("<b", "<b"), ("&#99999999999;", "&#99999999999;"),
        ("no markup", "no markup"), (#"<a title="x> y <b>bold</b>"#, #"<a title="x> y bold"#), ("a&nbsp;b", "a b"),
    ])
    func strips(html: String, text: String) {
        #expect(HTMLStripCharFilter().filtered(SourceText(html)).string == text)
    }

    @Test func sparesTags() {
        #expect(HTMLStripCharFilter(escapedTags: ["b"]).filtered(SourceText("<p>a <b>c</b></p>")).string == "\na <b>c</b>\n")
    }

    @Test func offsetsAreThoseOfTheOriginal() throws {
        #expect(
            try analyzer(.name("standard"), charFilters: [.name("html_strip")]).tokens(of: "<p>so <b>happy</b> &amp; glad</p>").lines.prefix(2) == [
                "so 3-5@0", "happy 9-18@1",
            ])
    }

    @Test func manyOpenTagsAreReadOnce() {
        let text = String(repeating: "<a <!-- <script> ", count: 20_000)
        #expect(HTMLStripCharFilter().filtered(SourceText(text)).bytes.count > 0)
    }
}

struct PatternReplaceCharFilterTests {
    @Test func replacesGroups() throws {
        let filter = described("pattern_replace", ["pattern": .string("(\\d+)-"), "replacement": .string("$1_")])
        #expect(
            try analyzer(.name("standard"), charFilters: [filter]).tokens(of: "My card is 123-456-789 ok").lines == [
                "My 0-2@0", "card 3-7@1", "is 8-10@2", "123_456_789 11-22@3", "ok 23-25@4",
            ])
    }

    @Test func keepsOffsetsBehindInsertions() throws {
        let filter = described("pattern_replace", ["pattern": .string("([a-z])([A-Z])"), "replacement": .string("$1 $2")])
        let stream = try analyzer(.name("standard"), [.name("lowercase")], charFilters: [filter]).tokens(of: "The fooBarBaz method")
        #expect(stream.terms == ["the", "foo", "bar", "baz", "method"])
        #expect(stream.last.map(line) == "method 14-20@4")
    }
}
