import Foundation

extension ModelLayout {
    /// What the training multiplied cosines by before the softmax over texts (CLIP, section 2.3): `exp(logit_scale)`.
    ///
    /// - Complexity: O(tensors); no weight is read but this one.
    /// - Returns: nil where the weights do not say.
    public var logitScale: Float? {
        guard let image, text != nil, let tensors = (try? WeightFile(path: image.weights))?.tensors else { return nil }
        // A wrapped model's tensors stand below another name.
        guard let tensor = tensors["logit_scale"] ?? tensors.first(where: { $0.key.hasSuffix(".logit_scale") })?.value,
            tensor.count == 1, let logarithm = (try? tensor.numbers())?.first
        else { return nil }
        let scale = Float(exp(logarithm))
        return scale.isFinite && scale > 0 ? scale : nil
    }
}
