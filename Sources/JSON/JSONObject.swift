/// The members of a JSON object, in the order they were written.
public struct JSONObject: Sequence, Sendable {
    let storage: JSONStorage
    let index: Int

    /// The value of the first member called `key`.
    ///
    /// - Complexity: O(*n*) in the members before it.
    public subscript(key: String) -> JSONElement? {
        first { $0.key == key }?.value
    }

    public var isEmpty: Bool { first { _ in true } == nil }

    /// The number of members.
    ///
    /// - Complexity: O(*n*).
    public var count: Int { reduce(0) { count, _ in count + 1 } }

    /// A key that stands more than once, if there is one.
    public var duplicateKey: String? {
        var seen = Set<String>()
        return first { !seen.insert($0.key).inserted }?.key
    }

    /// A member; keys may come more than once, as they are written.
    public typealias Element = (key: String, value: JSONElement)

    public func makeIterator() -> Iterator {
        Iterator(storage: storage, position: index + 1, end: JSONElement(storage: storage, index: index).end - 1)
    }

    /// Walks along the members. Complexity: O(1) a step, and O(*length*) for the key.
    public struct Iterator: IteratorProtocol {
        let storage: JSONStorage
        var position: Int
        let end: Int

        public mutating func next() -> (key: String, value: JSONElement)? {
            guard position < end else { return nil }
            let key = JSONElement(storage: storage, index: position)
            let value = JSONElement(storage: storage, index: position + 1)
            position = value.end
            return (String(decoding: key.stringBytes, as: UTF8.self), value)
        }
    }
}
