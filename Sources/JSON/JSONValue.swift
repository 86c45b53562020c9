/// A JSON value that the program builds: what a response is before it is written.
///
/// Objects keep their order. `raw` holds text that is JSON already (a stored `_source`) and is written as it is.
public indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case unsigned(UInt64)
    case double(Double)
    case float(Float)
    case string(String)
    case array([JSONValue])
    case floats([Float])
    case object(JSONMembers)
    case raw([UInt8])

    /// A value read from a document.
    public init(_ element: JSONElement) {
        switch element.kind {
        case .object:
            self = .object(JSONMembers(element.object?.map { ($0.key, JSONValue($0.value)) } ?? []))
        case .array: self = .array(element.array?.map { JSONValue($0) } ?? [])
        case .string: self = .string(element.string ?? "")
        case .integer: self = .int(element.int ?? 0)
        case .unsigned: self = element.int.map { .int($0) } ?? .unsigned(element.storage.tape[element.index + 1])
        case .double: self = .double(element.double ?? 0)
        case .boolean: self = .bool(element.bool ?? false)
        case .null: self = .null
        }
    }

    /// The members, if this is an object; `raw` text counts as opaque.
    public var object: JSONMembers? {
        if case .object(let members) = self { members } else { nil }
    }

    public var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The member called `key`, if this is an object that has it.
    public subscript(key: String) -> JSONValue? { object?[key] }
}

/// The members of an object being built, in order.
public struct JSONMembers: Sendable, Equatable, Sequence, ExpressibleByDictionaryLiteral {
    /// A key and its value.
    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSONValue
    }

    public private(set) var members: [Member] = []

    public init() {}

    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        members = pairs.map { Member(key: $0.0, value: $0.1) }
    }

    public init(dictionaryLiteral pairs: (String, JSONValue)...) {
        self.init(pairs)
    }

    public var isEmpty: Bool { members.isEmpty }
    public var count: Int { members.count }

    /// The value of `key`. Setting replaces in place or appends; setting nil removes.
    ///
    /// - Complexity: O(*n*).
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    public func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral values: JSONValue...) { self = .array(values) }
    public init(dictionaryLiteral pairs: (String, JSONValue)...) { self = .object(JSONMembers(pairs)) }
}
