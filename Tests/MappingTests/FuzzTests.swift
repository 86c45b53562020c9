import Dates
import JSON
import TestSupport
import Testing

@testable import Mapping

/// Mutated inputs: whatever comes in, an answer or a typed error comes out.
struct FuzzTests {
    private static let mappings = [
        """
        {"dynamic":"strict","_source":{"excludes":["v"]},"dynamic_templates":[{"a":{"match":"x*","mapping":{"type":"keyword"}}}],
        "properties":{"a.b":{"type":"text","fields":{"k":{"type":"keyword","ignore_above":256}}},"n":{"type":"byte","coerce":true},
        "d":{"type":"date","format":"yyyy-MM-dd||epoch_millis"},"g":{"type":"geo_point"},"s":{"type":"scaled_float","scaling_factor":10},
        "v":{"type":"dense_vector","dims":4,"index_options":{"type":"int8_hnsw","m":16,"ef_construction":100}}}}
        """
    ]
    private static let documents = [
        #"{"a":{"b":"Text here"},"n":[1,"2",3.5],"d":"2024-02-29","g":{"lat":1,"lon":2},"v":[1,2,3,4],"s":1e3,"x":{"y":[{"z":null}]}}"#,
        #"{"a.b.c":1,"g":"u09tvw0","d":1e300,"n":-129,"u":18446744073709551615,"e":[],"o":{}}"#,
    ]
    private static let fragments = [
        "null", "{}", "[]", "\"\"", "-1", "1e308", "9223372036854775807", "-9223372036854775808",
        "18446744073709551615", "true",
        "\"*\"", "\"a.b\"", "\".\"", "\"now-1d/d\"", "\"POINT(1 2)\"", "[[[]]]", "\"\\u0000\"", "\"9999-99-99\"", "0.1",
    ]

    private func mutated(_ text: String, _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            guard !bytes.isEmpty else { break }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 32..<127, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: place)
            default:
                // A whole value in the place of another keeps the text valid more often than single bytes do.
                let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
                guard let start = starts.randomElement(using: &generator) else { continue }
                let end = bytes[(start + 1)...].firstIndex { ",}]".utf8.contains($0) } ?? bytes.count
                bytes.replaceSubrange(
                    (start + 1)..<end, with: (Self.fragments.randomElement(using: &generator) ?? "1").utf8)
            }
        }
        return bytes
    }

    @Test func mappingsNeverCrash() throws {
        var generator = SeededGenerator(seed: 11)
        var accepted = 0
        for _ in 0..<4000 {
            let text = mutated(Self.mappings[0], &generator)
            guard let document = try? JSONDocument(parsing: text), let mapping = try? Mapping(decoding: document.root)
            else {
                continue
            }
            accepted += 1
            // What was accepted is echoed so that it is accepted again as the same.
            let echo = try JSONDocument(parsing: mapping.encoded.serialized())
            #expect(try Mapping(decoding: echo.root).encoded == mapping.encoded)
            _ = try? mapping.merging(try Mapping(decoding: echo.root))
        }
        #expect(accepted > 20)
    }

    @Test func documentsNeverCrash() throws {
        var generator = SeededGenerator(seed: 12)
        let mappings = [
            Mapping(), try mapping(Self.mappings[0]), try mapping(Self.mappings[0].replacing("strict", with: "true")),
        ]
        var accepted = 0
        for _ in 0..<6000 {
            let source = mutated(Self.documents.randomElement(using: &generator) ?? "", &generator)
            let mapping = mappings.randomElement(using: &generator) ?? Mapping()
            guard let parsed = try? DocumentParser(mapping: mapping).parse(source) else { continue }
            accepted += 1
            let merged = try mapping.merging(parsed.mappingUpdate ?? Mapping())
            let document = try JSONDocument(parsing: source)
            _ = FieldsExtraction([.init(pattern: "*")], mapping: merged).extract(from: document.root)
            _ = SourceFiltering(includes: ["a*", "*.b"], excludes: ["n"]).filter(document.root)
        }
        #expect(accepted > 100)
    }

    @Test func datesNeverCrash() throws {
        var generator = SeededGenerator(seed: 13)
        let alphabet = Array("yMdHhmsSnaEZXx'[]-/:. T0123456789now|+wD")
        for _ in 0..<20_000 {
            let pattern = String(
                (0..<Int.random(in: 1..<12, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? "y"
                })
            let text = String(
                (0..<Int.random(in: 0..<14, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? "1"
                })
            let format = DateFormat(pattern) ?? .standard
            _ = format.milliseconds(text, roundingUp: Bool.random(using: &generator), offset: 64_800)
            for now in [
                Int64.random(in: CivilDate.milliseconds, using: &generator), CivilDate.milliseconds.upperBound, 0,
            ] {
                let math = DateMath(format: format, now: now, offset: -64_800)
                _ = math.milliseconds("now" + text, roundingUp: true)
                _ = math.milliseconds("now/y+1M/w" + text, roundingUp: false)
                _ = format.string(milliseconds: now)
            }
        }
    }
}
