internal import CSimdJSON

/// A parsed JSON text: simdjson's tape, copied once into memory that Swift owns.
///
/// Reading is bounds-checked Swift over two arrays; no call into C happens after the parse.
public struct JSONDocument: Sendable {
    /// As deep as Elasticsearch reads.
    public static let maximumDepth = 1000

    let storage: JSONStorage

    /// Parses UTF-8 JSON.
    ///
    /// - Complexity: O(*n*), about one pass at memory speed and one copy of the tape.
    /// - Throws: `JSONError`.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
        let parsed: Result<JSONStorage, JSONError>? = bytes.withContiguousStorageIfAvailable { Self.parse($0) }
        self.storage = try (parsed ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0) }).get()
    }

    /// Parses the UTF-8 bytes of `text`.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: text.utf8)
    }

    /// The outermost value.
    public var root: JSONElement { JSONElement(storage: storage, index: 1) }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONStorage, JSONError> {
        var storage: JSONStorage?
        let code = withUnsafeMutablePointer(to: &storage) { target in
            csimdjson_parse(bytes.baseAddress, bytes.count, maximumDepth, target) { context, tape in
                context?.assumingMemoryBound(to: JSONStorage?.self).pointee = JSONStorage(
                    tape: Array(UnsafeBufferPointer(start: tape.tape, count: tape.tape_words)),
                    strings: Array(UnsafeBufferPointer(start: tape.strings, count: tape.string_bytes)))
            }
        }
        if let storage { return .success(storage) }
        return .failure(JSONError(code: code))
    }
}

/// The tape and the string buffer of one document, shared by all its elements.
final class JSONStorage: Sendable {
    let tape: [UInt64]
    let strings: [UInt8]

    init(tape: [UInt64], strings: [UInt8]) {
        self.tape = tape
        self.strings = strings
    }
}

extension JSONError {
    /// simdjson's error codes, by the order of its `error_code` enumeration.
    init(code: Int32) {
        switch code {
        case 4: self = .tooDeep(limit: JSONDocument.maximumDepth)
        case 9: self = .numberOutOfRange
        case 12: self = .empty
        default: self = .malformed(reason: String(cString: csimdjson_error_message(code)))
        }
    }
}
