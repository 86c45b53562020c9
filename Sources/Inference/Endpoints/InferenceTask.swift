/// What an inference endpoint does with its inputs.
public enum InferenceTask: String, CaseIterable, Sendable {
    /// Texts become vectors.
    case textEmbedding = "text_embedding"
    /// Texts and pictures become vectors, several contents one if that is wanted.
    case embedding
}
