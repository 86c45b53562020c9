/// What is wrong with a semantic field's definition. Each case notes Elasticsearch's reason for it.
public enum SemanticProblem: Error, Equatable, Sendable {
    /// `[inference_id] on mapper [f] of type [semantic_text] must not be empty`
    case emptyID(parameter: String, type: String)
    /// `semantic_text field [f] does not support [copy_to]`
    case copyTo(type: String)
    /// `semantic_text field [a.f] cannot be nested`
    case nested(type: String)
    /// `Required [task_type]`
    case missingModelSetting(String)
    /// `[model_settings] unknown field [x]`
    case unknownModelSetting(String)
    /// `Invalid task_type in model_settings [x]`
    case unsupportedTask(String)
    case malformedModelSetting(String, String)
    /// `index_options` for anything but `dense_vector`
    case unknownIndexOptions(String)
    case chunking(ChunkingFault)
}
