/// The tensors of a `CLIPModel` that one of its towers does without.
enum CLIPTensors {
    /// Buffers that old versions stored, and the training's temperature.
    private static let unused: Set<String> = [
        "logit_scale", "text_model.embeddings.position_ids", "vision_model.embeddings.position_ids",
    ]

    /// - Parameter tower: `text_model` or `vision_model`.
    static func isIgnorable(_ name: String, forTower tower: String) -> Bool {
        let other =
            tower == "text_model" ? ["vision_model.", "visual_projection."] : ["text_model.", "text_projection."]
        return unused.contains(name) || other.contains { name.hasPrefix($0) }
    }
}
