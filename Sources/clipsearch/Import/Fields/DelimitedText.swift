/// The records of a text in which commas or tabs part the fields, as spreadsheets write it.
///
/// Source: RFC 4180. Lines may end with a line feed alone, and the file may begin with a byte order mark. Empty lines are passed over.
struct DelimitedText {
    struct Record: Equatable {
        /// Counted from 1; where the record begins.
        var line: Int
        var fields: [String]
    }

    struct Failure: Error, Equatable {
        var line: Int
        var reason: String
    }

    static let longestField = 1 << 20
    static let mostFields = 1000

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var line = 1

    init(_ bytes: [UInt8], separator: Character = ",") {
        self.bytes = bytes
        self.separator = separator.asciiValue ?? UInt8(ascii: ",")
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record; nil at the end.
    ///
    /// - Complexity: O(record).
    mutating func next() throws(Failure) -> Record? {
        while position < bytes.count {
            var record = Record(line: line, fields: [])
            while true {
                record.fields.append(try field())
                guard record.fields.count <= Self.mostFields else {
                    throw Failure(line: record.line, reason: "has more than \(Self.mostFields) fields")
                }
                guard position < bytes.count, bytes[position] == separator else { break }
                position += 1
            }
            endLine()
            if record.fields != [""] { return record }
        }
        return nil
    }

    private mutating func field() throws(Failure) -> String {
        let start = line
        let content = position < bytes.count && bytes[position] == Self.quote ? try quoted() : bare()
        guard content.count <= Self.longestField else {
            throw Failure(line: start, reason: "has a field of more than \(Self.longestField) bytes")
        }
        guard let text = String(validating: content, as: UTF8.self) else { throw Failure(line: start, reason: "is not UTF-8") }
        return text
    }

    private mutating func bare() -> [UInt8] {
        let start = position
        while position < bytes.count, bytes[position] != separator, !isLineEnd { position += 1 }
        return Array(bytes[start..<position])
    }

    private mutating func quoted() throws(Failure) -> [UInt8] {
        let start = line
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Self.quote {
                // Two stand for one.
                guard position < bytes.count, bytes[position] == Self.quote else {
                    guard position == bytes.count || bytes[position] == separator || isLineEnd else {
                        throw Failure(line: line, reason: "has text after a closing quote")
                    }
                    return content
                }
                position += 1
            } else if byte == Self.lineFeed {
                line += 1
            }
            content.append(byte)
            if content.count > Self.longestField { break }
        }
        throw Failure(line: start, reason: "has a quote that is not closed, or a field of more than \(Self.longestField) bytes")
    }

    private var isLineEnd: Bool {
        bytes[position] == Self.lineFeed
            || bytes[position] == Self.carriageReturn && (position + 1 == bytes.count || bytes[position + 1] == Self.lineFeed)
    }

    private mutating func endLine() {
        if position < bytes.count, bytes[position] == Self.carriageReturn { position += 1 }
        if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
        line += 1
    }

    private static let quote = UInt8(ascii: "\""), lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")
}
