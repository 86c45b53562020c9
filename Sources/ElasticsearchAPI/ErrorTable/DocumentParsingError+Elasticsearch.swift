internal import JSON
internal import Mapping

extension ElasticsearchError {
    /// A document that is refused: `document_parsing_exception` around its cause.
    init(_ error: DocumentParsingError, id: String) {
        switch error {
        case .malformedJSON(let error): self = .unparsable("failed to parse", "x_content_parse_exception", error.reason)
        case .notAnObject:
            self = .document("failed to parse: Malformed content, must start with an object")
        case .duplicateKey(let key):
            self = .unparsable("failed to parse: Duplicate field '\(key)'", "x_content_parse_exception", "Duplicate field '\(key)'")
        case .malformedValue(let field, let type, let preview, let cause):
            let reason = "failed to parse field [\(field)] of type [\(type)] in document with id '\(id)'. Preview of field's value: '\(preview)'"
            self.init(status: 400, ErrorCause("document_parsing_exception", reason, causedBy: cause.cause))
        case .contextsMissing(let field):
            let reason = "Contexts are mandatory in context enabled completion field [\(field)]"
            self = .unparsable("failed to parse: \(reason)", "illegal_argument_exception", reason)
        case .malformedVector(let field, let problem):
            let reason = problem.reason(field: field, document: id)
            self = .unparsable("failed to parse: \(reason)", "illegal_argument_exception", reason)
        case .timestamp(let field, let isMissing):
            let reason = "data stream timestamp field [\(field)] " + (isMissing ? "is missing" : "encountered multiple values")
            self = .unparsable("failed to parse: \(reason)", "illegal_argument_exception", reason)
        case .join(let error):
            self = .unparsable("failed to parse: \(error.reason)", "illegal_argument_exception", error.reason)
        case .valueForAlias(let field):
            let reason = "Cannot write to a field alias [\(field)]."
            self = .unparsable("failed to parse: \(reason)", "illegal_argument_exception", reason)
        case .concreteValueForObject(let field):
            self = .document(
                "object mapping for [\(field)] tried to parse field [\(field)] as object, but found a concrete value")
        case .strictDynamicMapping(let field, let object):
            self.init(
                status: 400, "strict_dynamic_mapping_exception",
                "mapping set to strict, dynamic introduction of [\(field)] within [\(object)] is not allowed")
        case .invalidFieldName(let name):
            let reason = MappingError.invalidFieldName(name).reason
            self = .unparsable("failed to parse: \(reason)", "illegal_argument_exception", reason)
        case .immenseTerm(let field, _):
            self = .illegalArgument(
                "Document contains at least one immense term in field=\"\(field)\" (whose UTF8 encoding is longer than the max "
                    + "length 32766), all of which were skipped. Please correct the analyzer to not produce such terms.")
        case .mapping(let error):
            self = .unparsable("failed to parse: \(error.reason)", "illegal_argument_exception", error.reason)
        case .unknownDynamicTemplate(let name, let field):
            self = .document("failed to parse: Can't find dynamic template for dynamic template name [\(name)] of field [\(field)]")
        case .tooManyNestedObjects(let limit):
            self = .document(
                "The number of nested documents has exceeded the allowed limit of [\(limit)]. This limit can be set by changing the "
                    + "[index.mapping.nested_objects.limit] index level setting.")
        case .malformedInference(let field, let reason):
            let text = "[\(InferenceFields.name)] of [\(field)]: \(reason)"
            self = .unparsable("failed to parse: \(text)", "illegal_argument_exception", text)
        case .incompatibleModel(let field, let known, let made):
            self = .unparsable(
                "failed to parse: Incompatible model settings for field [\(field)]. Check that the [inference_id] is not using different "
                    + "model settings", "illegal_argument_exception",
                "Incompatible model settings for field [\(field)]: [\(known.text)] are known, [\(made.text)] were made")
        case .metadataField(let name):
            self = .document("Field [\(name)] is a metadata field and cannot be added inside a document. Use the index API request parameters.")
        }
    }

    private static func document(_ reason: String) -> ElasticsearchError {
        ElasticsearchError(status: 400, "document_parsing_exception", reason)
    }

    private static func unparsable(_ reason: String, _ causeType: String, _ cause: String) -> ElasticsearchError {
        ElasticsearchError(status: 400, "document_parsing_exception", reason, causedBy: ErrorCause(causeType, cause))
    }
}

extension SemanticModelSettings {
    fileprivate var text: String { String(decoding: json.serialized(), as: UTF8.self) }
}

extension DocumentParsingError.VectorProblem {
    /// - Parameter document: its id, for a vector of a document.
    func reason(field: String, document: String?) -> String {
        let place = "The [dense_vector] field [\(field)] in doc [document with id '\(document ?? "")']"
        return switch self {
        case .tooFewDimensions(let count, let expected):
            "\(place) has a different number of dimensions [\(count)] than defined in the mapping [\(expected)]"
        case .tooManyDimensions(let expected): "\(place) has more dimensions than defined in the mapping [\(expected)]"
        case .dimensionsOutOfRange(let count, let type): type.dimensionsReason(count)
        case .zeroMagnitude(let preview, let type):
            "The [cosine] similarity does not support vectors with zero magnitude. \(Self.text(preview, type))"
        case .extremeMagnitude(let preview, let type):
            "NaN or Infinite magnitude detected, this usually means the vector values are too extreme to fit within the supported "
                + "range. \(Self.text(preview, type))"
        case .notUnitLength(let preview):
            "The [dot_product] similarity can only be used with unit-length vectors. \(Self.text(preview, .float))"
        case .notFinite(let dimension, let value, let preview, let type):
            "element_type [\(type.rawValue)] vectors do not support \(value.isNaN ? "NaN" : "infinite") values but found "
                + "[\(Self.text(value))] at dim [\(dimension)]; \(Self.text(preview, .float))"
        case .notAByte(let dimension, let value, let preview, let type):
            "element_type [\(type.rawValue)] vectors only support "
                + (value == value.rounded()
                    ? "integers between [-128, 127] but found [\(document == nil ? Self.text(value) : Self.whole(value))]"
                    : "non-decimal values but found decimal value [\(Self.text(value))]")
                + " at dim [\(dimension)];" + (document == nil ? " \(Self.text(preview, .float))" : "")
        case .notNumbers: "Failed to parse the [dense_vector] field [\(field)]: an array of numbers is expected"
        case .notEncoded:
            "Failed to parse the [dense_vector] field [\(field)]: it must be a valid base64 or hex string"
        case .multipleVectors:
            "Field [\(field)] of type [dense_vector] doesn't support indexing multiple values for the same field in the same document"
        }
    }

    private static func text(_ vector: [Float], _ type: VectorElementType) -> String {
        let numbers = vector.prefix(5).map { number in
            type.isIntegral ? Int8(exactly: number).map(String.init) ?? text(number) : text(number)
        }
        let values = numbers + (vector.count >= 5 ? ["..."] : [])
        return "Preview of invalid vector: [\(values.joined(separator: ", "))]"
    }

    private static func whole(_ value: Float) -> String { Int(exactly: value).map(String.init) ?? text(value) }

    private static func text(_ value: Float) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return value.description
    }
}
