/// The elements of a JSON array.
public struct JSONArray: Sequence, Sendable {
    let storage: JSONStorage
    let index: Int

    public var isEmpty: Bool { first { _ in true } == nil }

    /// The number of elements.
    ///
    /// - Complexity: O(*n*).
    public var count: Int { reduce(0) { count, _ in count + 1 } }

    public func makeIterator() -> Iterator {
        Iterator(storage: storage, position: index + 1, end: JSONElement(storage: storage, index: index).end - 1)
    }

    /// All elements as 32-bit floats, or nil if one of them is not a number.
    ///
    /// - Complexity: O(*n*), one pass over the tape: this is how a query vector is read.
    public func floats() -> [Float]? {
        let end = JSONElement(storage: storage, index: index).end - 1
        var values: [Float] = []
        values.reserveCapacity((end - index) / 2)
        let complete = storage.tape.withUnsafeBufferPointer { tape in
            var word = index + 1
            while word < end {
                switch UInt8(truncatingIfNeeded: tape[word] >> 56) {
                case UInt8(ascii: "d"): values.append(Float(Double(bitPattern: tape[word + 1])))
                case UInt8(ascii: "l"): values.append(Float(Int64(bitPattern: tape[word + 1])))
                case UInt8(ascii: "u"): values.append(Float(tape[word + 1]))
                default: return false
                }
                word += 2
            }
            return true
        }
        return complete ? values : nil
    }

    /// Walks along the elements. Complexity: O(1) a step, whatever an element holds.
    public struct Iterator: IteratorProtocol {
        let storage: JSONStorage
        var position: Int
        let end: Int

        public mutating func next() -> JSONElement? {
            guard position < end else { return nil }
            let element = JSONElement(storage: storage, index: position)
            position = element.end
            return element
        }
    }
}
