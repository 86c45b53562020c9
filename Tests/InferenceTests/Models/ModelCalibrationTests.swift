import Foundation
import JSON
import TestSupport
import Testing

@testable import Inference

@Suite struct ModelCalibrationTests {
    @Test func cutOffsAreRead() throws {
        let calibration = try #require(ModelCalibration([
            "logit_scale": 12, "cut_offs": ["text_to_image": ["similarity": 0.4], "image_to_image": ["similarity": 0.75]],
        ]))
        #expect(calibration.textToImage == 0.4 && calibration.imageToImage == 0.75 && calibration.logitScale == 12)
    }

    @Test(arguments: [
        #"{"logit_scale":0,"cut_offs":{"text_to_image":{"similarity":3},"image_to_image":"x"}}"#, #"{"logit_scale":"x","cut_offs":[]}"#, "{}",
    ])
    func whatMakesNoSenseIsPassedOver(_ text: String) throws {
        let calibration = try #require(ModelCalibration(JSONValue(try JSONDocument(parsing: text).root)))
        #expect(calibration.textToImage == nil && calibration.imageToImage == nil && calibration.logitScale == nil)
    }

    @Test func itStandsInTheModelsFolder() throws {
        let folder = try TemporaryFolder()
        #expect(ModelCalibration(folder: folder.path) == nil)
        let file = folder.path + "/" + ModelCalibration.fileName
        try #"{"cut_offs":{"text_to_image":{"similarity":0.25}}}"#.write(toFile: file, atomically: true, encoding: .utf8)
        #expect(ModelCalibration(folder: folder.path)?.textToImage == 0.25)
        try "[1".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(ModelCalibration(folder: folder.path) == nil)
    }

    @Test func theBundledModelIsMeasured() throws {
        let catalog = ModelCatalog(roots: [Repository.models])
        let calibration = try #require(catalog.models["compact"]?.calibration)
        #expect(calibration.textToImage != nil && calibration.imageToImage != nil && calibration.logitScale != nil)
    }
}
