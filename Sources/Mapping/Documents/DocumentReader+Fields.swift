internal import Analysis
internal import JSON

extension DocumentReader {
    /// The longest term in UTF-8, Lucene's limit.
    static let maximumTermLength = 32_766

    /// The value of a mapped leaf.
    mutating func readField(
        _ value: JSONElement, _ field: FieldMapping, _ context: Context
    ) throws(DocumentParsingError) {
        do {
            switch field.type {
            case .denseVector(let options): try readVector(value, field, options, context)
            case .geoPoint: try readPoint(value, field, context)
            case .served(let served): try served.definition.read(value, field, context, into: &self)
            case .keyword, .text, .number, .boolean, .date: try readScalars(value, field, context)
            }
        } catch where !isLenient {
            throw error
        } catch {
            // What was accepted once is left out.
        }
    }

    /// One value, or arrays of them in any depth.
    mutating func readScalars(
        _ value: JSONElement, _ field: FieldMapping, _ context: Context
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try readScalars(element, field, context) }
            return
        }
        let isNothing = value.isNull || field.isNothing(value)
        let scalar = isNothing ? field.nullValue.flatMap { ScalarValue($0) } : ScalarValue(value)
        guard let scalar else {
            if isNothing { return }
            // An object is nobody's malformed value.
            throw .malformedValue(
                field: context.path, type: field.type.name, preview: Self.preview(value), cause: .unexpectedObject)
        }
        try index(scalar, field, path: context.path)
        for (name, subfield) in field.allFields { try index(scalar, subfield, path: context.path + "." + name) }
        if !field.copyTo.isEmpty { try copy(value, to: field.copyTo) }
    }

    mutating func index(_ scalar: ScalarValue, _ field: FieldMapping, path: String) throws(DocumentParsingError)
    {
        if field.type.text != nil { return try indexText(scalar, field, path: path) }
        let values: [IndexedValue]
        do {
            values = try field.indexedValues(scalar)
        } catch {
            if ignoresMalformed(field) { return noteIgnored(path) }
            throw .malformedValue(field: path, type: field.type.name, preview: scalar.text, cause: error)
        }
        if isBeyondLimit(scalar, field) || (values.isEmpty && field.takesLimit) { return noteIgnored(path) }
        guard field.isSearchable, !values.isEmpty else { return }
        result.fieldNames.insert(path)
        for value in values {
            if case .term(let term) = value, term.utf8.count > Self.maximumTermLength {
                throw .immenseTerm(field: path, length: term.utf8.count)
            }
            result.values.append(.init(field: path, value: value))
        }
        if case .served(let served) = field.type, let beside = served.patternField {
            result.fieldNames.insert(path + "." + beside)
            result.values.append(.init(field: path + "." + beside, value: .term(scalar.text)))
        }
    }

    private mutating func indexText(
        _ scalar: ScalarValue, _ field: FieldMapping, path: String
    ) throws(DocumentParsingError) {
        guard field.isSearchable else { return }
        let stream: TokenStream
        do {
            stream = try field.tokens(of: scalar.text)
        } catch {
            throw .malformedValue(field: path, type: field.type.name, preview: scalar.text, cause: .analysis(error))
        }
        for token in stream where token.term.utf8.count > Self.maximumTermLength {
            throw .immenseTerm(field: path, length: token.term.utf8.count)
        }
        result.fieldNames.insert(path)
        result.append(
            stream.map { IndexedText.Token($0.term, position: $0.position) }, length: stream.positionCount,
            gap: field.positionIncrementGap, hasLengths: field.type.text == .bm25 && field.parameters["norms"] != .bool(false),
            countsOverlaps: field.countsOverlaps, to: path)
    }

    /// A point, or an array of points; `[lon, lat]` is one point.
    private mutating func readPoint(
        _ value: JSONElement, _ field: FieldMapping, _ context: Context
    ) throws(DocumentParsingError) {
        if value.isNull {
            if let point = field.nullPoint { try index(point, field, context) }
            return
        }
        if let array = value.array, array.first(where: { _ in true })?.double == nil {
            for element in array { try readPoint(element, field, context) }
            return
        }
        let point: GeoPoint
        do {
            point = try GeoPoint(value, wraps: ignoresMalformed(field))
        } catch {
            if ignoresMalformed(field) { return noteIgnored(context.path) }
            throw .malformedValue(
                field: context.path, type: field.type.name, preview: Self.preview(value), cause: .malformedPoint(error))
        }
        try index(point, field, context)
    }

    private mutating func index(_ point: GeoPoint, _ field: FieldMapping, _ context: Context) throws(DocumentParsingError) {
        // What else is made of a point is made of its cell's name.
        for (name, subfield) in field.allFields {
            if case .geoPoint = subfield.type {
                try index(point, subfield, subcontext(name, context))
            } else {
                try index(.string(point.geohash(12)), subfield, path: context.path + "." + name)
            }
        }
        guard field.isSearchable else { return }
        result.fieldNames.insert(context.path)
        result.points.append(.init(field: context.path, point: point))
    }

    private func subcontext(_ name: String, _ context: Context) -> Context {
        var inner = context
        (inner.name, inner.path) = (name, context.path + "." + name)
        return inner
    }

    private mutating func readVector(
        _ value: JSONElement, _ field: FieldMapping, _ mapped: DenseVectorOptions, _ context: Context
    ) throws(DocumentParsingError) {
        if value.isNull { return }
        func refuse(_ problem: DocumentParsingError.VectorProblem) -> DocumentParsingError {
            .malformedVector(field: context.path, problem: problem)
        }
        let values: [Float]
        if let text = value.string {
            guard let components = mapped.documentComponents(of: text) else { throw refuse(.notEncoded) }
            values = components
        } else {
            guard let numbers = value.array?.floats() else { throw refuse(.notNumbers) }
            values = numbers
        }
        guard !result.fieldNames.contains(context.path) else { throw refuse(.multipleVectors) }
        var options = mapped
        if options.dimensions == nil {
            let count = values.count * mapped.elementType.dimensionsPerComponent
            options.dimensions = count
            guard mapped.elementType.dimensionsRange.contains(count) else {
                throw refuse(.dimensionsOutOfRange(count, mapped.elementType))
            }
            do {
                try options.validateDimensions(field: context.name)
            } catch {
                throw .mapping(error)
            }
            additions[context.path] = .field(
                FieldMapping(type: .denseVector(options), parameters: field.parameters, fields: field.fields))
        }
        if let problem = options.problem(with: values) { throw refuse(problem) }
        result.fieldNames.insert(context.path)
        result.vectors.append(.init(field: context.path, options: options, values: values))
    }

    /// A value as Elasticsearch's messages show it: objects as `{a=1}`.
    static func preview(_ value: JSONElement) -> String {
        if let members = value.object {
            return "{" + members.map { $0.key + "=" + preview($0.value) }.joined(separator: ", ") + "}"
        }
        if let array = value.array { return "[" + array.map { preview($0) }.joined(separator: ", ") + "]" }
        return ScalarValue(value)?.text ?? "null"
    }
}

extension FieldMapping {
    /// An empty text is no number, and where texts are read as numbers none at all.
    fileprivate func isNothing(_ value: JSONElement) -> Bool {
        guard case .number(let type) = type, type != .unsignedLong, coerces else { return false }
        return value.string?.isEmpty == true
    }
}
