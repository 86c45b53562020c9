public import JSON

/// Why a document is refused. Each case notes Elasticsearch's reason, which `document_parsing_exception` carries.
public enum DocumentParsingError: Error, Equatable, Sendable {
    /// The bytes are not JSON; `failed to parse` with a cause that says where.
    case malformedJSON(JSONError)
    /// The outermost value is no object: `Malformed content, must start with an object`
    case notAnObject
    /// `Duplicate field 'x'`
    case duplicateKey(String)
    /// `Contexts are mandatory in context enabled completion field [f]`
    case contextsMissing(field: String)
    /// `failed to parse field [f] of type [t] in document with id 'i'. Preview of field's value: 'v'`
    case malformedValue(field: String, type: String, preview: String, cause: ValueError)
    /// `failed to parse`, caused by what is wrong with the vector.
    case malformedVector(field: String, problem: VectorProblem)
    /// `data stream timestamp field [f] is missing`, or `encountered multiple values`
    case timestamp(field: String, isMissing: Bool)
    /// `failed to parse: …`, of a `join` field
    case join(ValueError)
    /// `Cannot write to a field alias [f].`
    case valueForAlias(field: String)
    /// `object mapping for [f] tried to parse field [f] as object, but found a concrete value`
    case concreteValueForObject(field: String)
    /// `mapping set to strict, dynamic introduction of [f] within [o] is not allowed`,
    /// a strict_dynamic_mapping_exception; the root is `_doc`.
    case strictDynamicMapping(field: String, object: String)
    /// `field name cannot be an empty string` and its kin
    case invalidFieldName(String)
    /// `Document contains at least one immense term in field="f" (whose UTF8 encoding is longer than the max length
    /// 32766)…`
    case immenseTerm(field: String, length: Int)
    /// A guess or a dynamic template that the mapping refuses: the limits, mostly.
    case mapping(MappingError)
    /// `Can't find dynamic template for dynamic template name [n] of field [f]`
    case unknownDynamicTemplate(name: String, field: String)
    /// `Field [x] is a metadata field and cannot be added inside a document.`
    case metadataField(String)

    /// `_inference_fields` that cannot be read.
    case malformedInference(field: String, reason: String)
    /// `Incompatible model settings for field [f]. Check that the inference_id is not using different model settings`
    case incompatibleModel(field: String, known: SemanticModelSettings, made: SemanticModelSettings)

    /// `The number of nested documents has exceeded the allowed limit of [n]. This limit can be set by changing the
    /// [index.mapping.nested_objects.limit] index level setting.`
    case tooManyNestedObjects(limit: Int)

    /// What is wrong with a vector.
    public enum VectorProblem: Equatable, Sendable {
        /// `The [dense_vector] field [f] in doc [document with id 'i'] has a different number of dimensions [2] than
        /// defined in the mapping [3]`
        case tooFewDimensions(Int, expected: Int)
        /// `The [dense_vector] field [f] in doc [document with id 'i'] has more dimensions than defined in the mapping
        /// [3]`
        case tooManyDimensions(expected: Int)
        /// `The number of dimensions should be in the range [1, 4096] but was [n]`
        case dimensionsOutOfRange(Int, VectorElementType = .float)
        /// `The [cosine] similarity does not support vectors with zero magnitude. Preview of invalid vector:
        /// [0.0, …]`
        case zeroMagnitude(preview: [Float], VectorElementType = .float)
        /// `NaN or Infinite magnitude detected, …`: the length is more than single precision computes with.
        case extremeMagnitude(preview: [Float], VectorElementType = .float)
        /// `The [dot_product] similarity can only be used with unit-length vectors. Preview of invalid vector: […]`
        case notUnitLength(preview: [Float])
        /// `element_type [float] vectors do not support NaN values but found [NaN] at dim [i]; Preview of
        /// invalid vector: […]`
        case notFinite(dimension: Int, value: Float, preview: [Float], VectorElementType = .float)
        /// `element_type [byte] vectors only support non-decimal values but found decimal value [v] at dim [i];`, or
        /// `… only support integers between [-128, 127] but found [v] at dim [i];`
        case notAByte(dimension: Int, value: Float, preview: [Float], VectorElementType)
        /// Something other than an array of numbers.
        case notNumbers
        /// A text that is neither hexadecimal nor base64.
        case notEncoded
        /// `Field [f] of type [dense_vector] doesn't support indexing multiple values for the same field in
        /// the same document`
        case multipleVectors
    }
}
