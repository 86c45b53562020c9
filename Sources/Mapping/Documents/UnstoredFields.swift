internal import JSON

/// What is indexed of a document and cannot be read from its `_source` again, as JSON by field: terms, whole numbers, numbers,
/// points, and tokens with their positions. Vectors are kept elsewhere: of them, only that they are there.
enum UnstoredFields {
    /// Nil: the source has it all.
    ///
    /// - Parameter stored: what parsing the stored source gives.
    static func encode(_ document: ParsedDocument, beyond stored: ParsedDocument, inference: InferenceFields? = nil) -> [UInt8]? {
        var members = fields(document, beyond: stored)
        if !isSame(document.nested, stored.nested) {
            // All of them: what is stored need not even have as many.
            members.append((nestedKey, .array(document.nested.map(json))))
        }
        if let inference, !inference.isEmpty { members.append((InferenceFields.name, inference.json(isCompact: true))) }
        return members.isEmpty ? nil : JSONValue.object(JSONMembers(members)).serialized()
    }

    /// No field has this name.
    static let nestedKey = Mapping.nestedPathField

    private static func fields(_ document: ParsedDocument, beyond stored: ParsedDocument) -> [(String, JSONValue)] {
        // Values of an object's keys are of a field that no document is said to have.
        let names = document.fieldNames.union(stored.fieldNames)
            .union(document.values.lazy.map(\.field)).union(stored.values.lazy.map(\.field)).sorted()
        return names.compactMap { name -> (String, JSONValue)? in
            let (all, rest) = (Field(document, name), Field(stored, name))
            return all == rest ? nil : (name, all.json)
        }
    }

    private static func isSame(_ left: [NestedDocument], _ right: [NestedDocument]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { $0.path == $1.path && fields($0.content, beyond: $1.content).isEmpty }
    }

    private static func json(_ nested: NestedDocument) -> JSONValue {
        let fields = fields(nested.content, beyond: ParsedDocument())
        return ["path": .string(nested.path), "fields": .object(JSONMembers(fields))]
    }

    private struct Field: Equatable {
        var isPresent: Bool
        var values: [IndexedValue]
        var tokens: [IndexedText.Token]
        var points: [GeoPoint]
        var hasLengths: Bool
        var countsOverlaps: Bool
        var features: [ParsedDocument.IndexedFeature]

        init(_ document: ParsedDocument, _ name: String) {
            isPresent = document.fieldNames.contains(name)
            values = document.values.filter { $0.field == name }.map(\.value)
            let text = document.texts.first { $0.field == name }
            tokens = text?.tokens ?? []
            hasLengths = text?.hasLengths ?? true
            countsOverlaps = text?.countsOverlaps ?? false
            points = document.points.filter { $0.field == name }.map(\.point)
            features = document.features.filter { $0.field == name }
        }

        var json: JSONValue {
            var members: [(String, JSONValue)] = isPresent ? [] : [("absent", .bool(true))]
            if !hasLengths { members.append(("norms", .bool(false))) }
            if countsOverlaps { members.append(("overlaps", .bool(true))) }
            func add(_ key: String, _ values: [JSONValue]) { if !values.isEmpty { members.append((key, .array(values))) } }
            add("terms", values.compactMap { if case .term(let term) = $0 { .string(term) } else { nil } })
            add("longs", values.compactMap { if case .long(let value) = $0 { .int(Int(value)) } else { nil } })
            // Their bits: JSON has no infinity.
            add(
                "doubles",
                values.compactMap { value in
                    if case .double(let number) = value { .int(Int(Int64(bitPattern: number.bitPattern))) } else { nil }
                })
            add("tokens", tokens.flatMap { [.string($0.term), .int($0.position)] })
            add("features", features.flatMap { [.string($0.name), .int(Int($0.weight.bitPattern))] })
            add("points", points.flatMap { [.double($0.latitude), .double($0.longitude)] })
            return .object(JSONMembers(members))
        }
    }
}

extension ParsedDocument {
    /// Puts what the source lacks in the place of what it has of these fields. What cannot be read is left out.
    ///
    /// - Parameter unstored: as `unstored` was when the document was written.
    public mutating func restore(_ unstored: [UInt8]) {
        guard let document = try? JSONDocument(parsing: unstored), let fields = document.root.object else { return }
        for (name, field) in fields {
            if name == UnstoredFields.nestedKey {
                nested = field.array.map { $0.compactMap { NestedDocument(unstored: $0) } } ?? []
            } else if name != InferenceFields.name {
                restore(name, field)
            }
        }
    }

    /// Makes of what the source says what the document was when it was written: it is stored again as it is.
    ///
    /// - Parameters:
    ///   - source: as it is stored.
    ///   - unstored: as `unstored` was.
    public mutating func restore(source: [UInt8]?, unstored: [UInt8]?) {
        if let unstored { restore(unstored) }
        (self.source, self.unstored) = (source, unstored)
        mappingUpdate = nil
    }

    /// Adds a vector that neither the source nor `unstored` holds.
    public mutating func restore(_ vector: IndexedVector) {
        guard !vectors.contains(where: { $0.field == vector.field }) else { return }
        vectors.append(vector)
        fieldNames.insert(vector.field)
    }

    fileprivate mutating func restore(_ name: String, _ field: JSONElement) {
        values.removeAll { $0.field == name }
        texts.removeAll { $0.field == name }
        points.removeAll { $0.field == name }
        features.removeAll { $0.field == name }
        fieldNames.remove(name)
        guard let members = field.object else { return }
        var tokens: [IndexedText.Token] = []
        var isPresent = true
        var hasLengths = true, countsOverlaps = false
        for (key, list) in members {
            let elements = list.array.map { Array($0) } ?? []
            switch key {
            case "absent": isPresent = false
            case "norms": hasLengths = false
            case "overlaps": countsOverlaps = true
            case "terms": values += elements.compactMap { $0.string }.map { .init(field: name, value: .term($0)) }
            case "longs": values += elements.compactMap { $0.int }.map { .init(field: name, value: .long(Int64($0))) }
            case "doubles":
                values += elements.compactMap { $0.int }.map {
                    .init(field: name, value: .double(Double(bitPattern: UInt64(bitPattern: Int64($0)))))
                }
            case "tokens":
                for index in stride(from: 0, to: elements.count - 1, by: 2) {
                    guard let term = elements[index].string, let position = elements[index + 1].int else { continue }
                    tokens.append(IndexedText.Token(term, position: position))
                }
            case "features":
                for index in stride(from: 0, to: elements.count - 1, by: 2) {
                    guard let feature = elements[index].string, let bits = elements[index + 1].int.flatMap({ UInt32(exactly: $0) })
                    else { continue }
                    features.append(IndexedFeature(field: name, name: feature, weight: Float(bitPattern: bits)))
                }
            case "points":
                for index in stride(from: 0, to: elements.count - 1, by: 2) {
                    guard let latitude = elements[index].double, let longitude = elements[index + 1].double,
                        let point = try? GeoPoint(latitude: latitude, longitude: longitude)
                    else { continue }
                    points.append(IndexedPoint(field: name, point: point))
                }
            default: break
            }
        }
        if !tokens.isEmpty {
            var text = IndexedText(field: name, hasLengths: hasLengths, countsOverlaps: countsOverlaps)
            text.tokens = tokens
            texts.append(text)
        }
        if isPresent { fieldNames.insert(name) }
    }
}

extension InferenceFields {
    /// What models made of a document that was written; nil: nothing.
    ///
    /// - Parameter unstored: as `ParsedDocument.unstored` was then.
    public init?(unstored: [UInt8]) {
        guard let fields = (try? JSONDocument(parsing: unstored))?.root.object?[Self.name], let read = try? Self(fields) else { return nil }
        self = read
    }
}

extension NestedDocument {
    fileprivate init?(unstored element: JSONElement) {
        guard let members = element.object, let path = members["path"]?.string, let fields = members["fields"]?.object
        else { return nil }
        self.path = path
        content = ParsedDocument()
        for (name, field) in fields { content.restore(name, field) }
    }
}
