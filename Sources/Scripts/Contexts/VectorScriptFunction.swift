internal import Foundation

/// Functions of a query vector and a field's.
public enum VectorScriptFunction: String, CaseIterable, Hashable, Sendable {
    case cosineSimilarity, dotProduct, l1norm, l2norm, hamming

    /// The value for two vectors of the same length.
    func value(_ query: [Float], _ vector: [Float]) -> Double {
        let pairs = zip(query, vector)
        switch self {
        case .dotProduct: return pairs.reduce(0) { $0 + Double($1.0) * Double($1.1) }
        case .cosineSimilarity:
            let magnitude = { (vector: [Float]) in vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
            return Self.dotProduct.value(query, vector) / (magnitude(query) * magnitude(vector))
        case .l1norm: return pairs.reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
        case .l2norm: return pairs.reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }.squareRoot()
        case .hamming:
            return pairs.reduce(0) { sum, pair in
                let bits = Int8(exactly: pair.0).flatMap { query in Int8(exactly: pair.1).map { query ^ $0 } } ?? 0
                return sum + Double(bits.nonzeroBitCount)
            }
        }
    }

    /// The value for a vector of bits, eight a byte.
    ///
    /// - Parameter query: as many bytes; for `dotProduct` also a number for each bit, of which those of set bits are added.
    func value(_ query: [Float], bits: [Int8]) throws(ScriptFault) -> Double {
        if self == .cosineSimilarity { throw .unsupportedVectorFunction(rawValue, elementType: "bit") }
        if self == .dotProduct, query.count == bits.count * 8 {
            return query.indices.reduce(0) { sum, index in
                UInt8(bitPattern: bits[index / 8]) >> UInt8(7 - index % 8) & 1 == 1 ? sum + Double(query[index]) : sum
            }
        }
        guard query.count == bits.count else { throw .vectorDimensions(actual: query.count, expected: bits.count) }
        var count = 0
        for (number, byte) in zip(query, bits) {
            guard let other = Int8(exactly: number) else { throw .unusableValue(String(number)) }
            count += self == .dotProduct ? (other & byte).nonzeroBitCount : (other ^ byte).nonzeroBitCount
        }
        return self == .l2norm ? Double(count).squareRoot() : Double(count)
    }
}
