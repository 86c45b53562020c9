/// A script that cannot be compiled or that failed, with the place in its text.
public struct ScriptError: Error, Equatable, Sendable {
    /// Whether the script's text is to blame, or what it met.
    public enum Phase: Equatable, Sendable {
        case compiling, running
    }

    public let phase: Phase
    public let fault: ScriptFault
    public let source: String
    public let language: String
    /// UTF-16 code units from the start of the script, as Elasticsearch counts.
    public let offset: Int
    /// The part of the script that is shown around the place.
    public let excerpt: Range<Int>

    /// - Parameter statement: the statement that failed, in bytes; nil shows 25 characters on either side.
    init(_ phase: Phase, _ fault: ScriptFault, _ script: Script, at byte: Int, statement: Range<Int>? = nil) {
        let utf8 = script.source.utf8, count = script.source.utf16.count
        func units(_ bytes: Int) -> Int {
            utf8.count == count ? min(max(bytes, 0), count)
                : String(decoding: utf8.prefix(max(bytes, 0)), as: UTF8.self).utf16.count
        }
        self.phase = phase
        self.fault = fault
        source = script.source
        language = script.language.rawValue
        let offset = min(units(byte), count)
        let around = max(0, offset - 25)..<min(count, offset + 25)
        self.offset = offset
        excerpt = statement.map { min(units($0.lowerBound), offset)..<max(units($0.upperBound), offset) } ?? around
    }

    /// The excerpt and a pointer beneath it.
    public var stack: [String] {
        let units = Array(source.utf16)
        guard excerpt.upperBound <= units.count, excerpt.lowerBound <= offset else { return [] }
        let isCut = excerpt.lowerBound > 0
        let snippet = String(decoding: units[excerpt], as: UTF16.self)
        let pointer = String(repeating: " ", count: (isCut ? 4 : 0) + offset - excerpt.lowerBound)
        return [
            (isCut ? "... " : "") + snippet + (excerpt.upperBound < units.count ? " ..." : ""), pointer + "^---- HERE",
        ]
    }
}
