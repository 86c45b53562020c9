public import JSON

/// The values of a field that models make vectors of, as they stand in a source.
public struct SemanticValues: Sendable {
    /// A value with its place among the field's values.
    public enum Value: Sendable {
        /// `start` is where it begins in all the texts, one after the other, in UTF-16 code units.
        case text(String, start: Int)
        case object(JSONElement)
    }

    /// Nulls are not among them, but count in places.
    public let values: [(index: Int, value: Value)]

    /// - Parameters:
    ///   - path: of the semantic field, or of one that is copied to it.
    public init(of path: String, in source: JSONElement, _ mapping: Mapping) {
        let names = mapping.sourceNames(of: path)
        var values: [(Int, Value)] = []
        var index = 0, start = 0
        for element in FieldsExtraction.values(at: names.joined(separator: "."), in: source) {
            if let scalar = ScalarValue(element) {
                values.append((index, .text(scalar.text, start: start)))
                start += scalar.text.utf16.count + 1
            } else if element.object != nil {
                values.append((index, .object(element)))
            }
            index += 1
        }
        self.values = values
    }

    public var isEmpty: Bool { values.isEmpty }

    /// The text of a chunk; of a picture its description. Nil: there is none.
    public func text(of place: InferenceFields.Chunk.Place) -> String? {
        switch place {
        case .input(let index):
            guard case .object(let element)? = values.first(where: { $0.index == index })?.value else { return nil }
            return element.object?["description"]?.string
        case .text(let range):
            for case (_, .text(let text, let start)) in values {
                let units = Array(text.utf16)
                guard range.lowerBound >= start, range.upperBound <= start + units.count else { continue }
                return String(decoding: units[(range.lowerBound - start)..<(range.upperBound - start)], as: UTF16.self)
            }
            return nil
        }
    }
}

extension Mapping {
    /// Where the values of a field stand in a source.
    public func names(inSourceOf path: String) -> [String] { sourceNames(of: path) }

    /// The fields whose values go to a semantic field: itself, and those that are copied to it.
    public func sources(ofSemantic path: String) -> [String] {
        [path] + leaves.filter { $0.key != path && $0.value.copyTo.contains(path) }.map(\.key).sorted()
    }
}
