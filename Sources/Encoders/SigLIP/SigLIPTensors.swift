/// The tensors of a `SiglipModel` that one of its towers does without.
enum SigLIPTensors {
    /// What turns a cosine into a probability, and buffers that old versions stored.
    private static let unused: Set<String> = [
        "logit_scale", "logit_bias", "text_model.embeddings.position_ids", "vision_model.embeddings.position_ids",
    ]

    /// - Parameter tower: `text_model` or `vision_model`.
    static func isIgnorable(_ name: String, forTower tower: String) -> Bool {
        unused.contains(name) || name.hasPrefix(tower == "text_model" ? "vision_model." : "text_model.")
    }
}
