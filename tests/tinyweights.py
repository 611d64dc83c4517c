"""Weights of a few kilobytes, made up on the spot, in the form that a hub has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_SPECIAL = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
)
_CHAT = (
    "{% for one in messages %}<|im_start|>{{ one.role }}\n{{ one.content }}<|im_end|>{% endfor %}"
)

_NETWORK = {"hidden_size": 16, "intermediate_size": 16, "num_attention_heads": 2}
_WORDS = {**_NETWORK, "num_hidden_layers": 2, "num_key_value_heads": 2, "vocab_size": 300}
_ONE_BLOCK = {"dim_mult": [1, 1, 1, 1], "num_res_blocks": 1}


def bytewise() -> Any:
    """Return a tokenizer of the Qwen kind that knows single bytes."""
    from transformers import Qwen2Tokenizer
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    letters = {letter: at for at, letter in enumerate(bytes_to_unicode().values())}
    made = Qwen2Tokenizer(vocab=letters, merges=[], extra_special_tokens=list(_SPECIAL))
    made.chat_template = _CHAT
    return made


def lettered() -> Any:
    """Return a tokenizer that knows single letters, for text encoders of other kinds."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    known = {"<pad>": 0, "<unk>": 1, "</s>": 2}
    known |= {chr(code): code for code in range(32, 127)}
    made = Tokenizer(models.WordLevel(known, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    return PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", unk_token="<unk>", eos_token="</s>"
    )


def loud(network: Any, times: float) -> Any:
    """Return a network whose numbers are larger, so that what goes in is seen in what comes out."""
    import torch

    with torch.no_grad():
        for numbers in network.parameters():
            numbers.mul_(times)
    return network


def klein(folder: Path, seed: int = 0) -> Path:
    """Save a model of the FLUX.2 klein kind."""
    import diffusers
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(seed)
    words = Qwen3Config(**{**_WORDS, "num_hidden_layers": 28}, max_position_embeddings=512)
    diffusers.Flux2KleinPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
        text_encoder=Qwen3ForCausalLM(words),
        tokenizer=bytewise(),
        transformer=diffusers.Flux2Transformer2DModel(
            patch_size=1,
            in_channels=4,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=48,
            timestep_guidance_channels=256,
            axes_dims_rope=[4, 4, 4, 4],
            guidance_embeds=False,
        ),
        vae=diffusers.AutoencoderKLFlux2(
            sample_size=32,
            down_block_types=("DownEncoderBlock2D", "DownEncoderBlock2D"),
            up_block_types=("UpDecoderBlock2D", "UpDecoderBlock2D"),
            block_out_channels=(4, 4),
            layers_per_block=1,
            latent_channels=1,
            norm_num_groups=1,
            use_quant_conv=False,
            use_post_quant_conv=False,
        ),
    ).save_pretrained(folder)
    return folder


def wan(folder: Path) -> Path:
    """Save a model of the Wan 2.2 image-to-video kind: two networks, no image encoder."""
    import diffusers
    import torch
    from transformers import UMT5Config, UMT5EncoderModel

    torch.manual_seed(0)

    def network() -> Any:
        made = diffusers.WanTransformer3DModel(
            patch_size=(1, 2, 2),
            num_attention_heads=2,
            attention_head_dim=12,
            in_channels=36,
            out_channels=16,
            text_dim=32,
            freq_dim=64,
            ffn_dim=32,
            num_layers=1,
            cross_attn_norm=True,
            qk_norm="rms_norm_across_heads",
            rope_max_seq_len=32,
        )
        return loud(made, 3.0)

    words = UMT5Config(
        vocab_size=128, d_model=32, d_kv=8, d_ff=32, num_layers=1, num_heads=2, pad_token_id=0
    )
    diffusers.WanImageToVideoPipeline(
        tokenizer=lettered(),
        text_encoder=UMT5EncoderModel(words),
        vae=diffusers.AutoencoderKLWan(
            base_dim=3,
            z_dim=16,
            **_ONE_BLOCK,
            temperal_downsample=[False, True, True],
        ),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=5.0),
        transformer=network(),
        transformer_2=network(),
        boundary_ratio=0.5,
    ).save_pretrained(folder)
    return folder


def ltx(folder: Path) -> Path:
    """Save a model of the LTX-2 kind, sound and all."""
    import diffusers
    import torch
    from diffusers.pipelines.ltx2 import LTX2TextConnectors
    from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    torch.manual_seed(0)
    words = Gemma3Config(
        text_config={**_WORDS, "head_dim": 8},
        vision_config={**_NETWORK, "num_hidden_layers": 1, "image_size": 28, "patch_size": 14},
        mm_tokens_per_image=4,
    )
    letters = lettered()
    letters.model_max_length = 1024
    audio = diffusers.AutoencoderKLLTX2Audio(
        base_channels=4,
        output_channels=2,
        ch_mult=(1,),
        num_res_blocks=1,
        attn_resolutions=None,
        in_channels=2,
        resolution=32,
        latent_channels=2,
        norm_type="pixel",
        causality_axis="height",
        dropout=0.0,
        mid_block_add_attention=False,
        sample_rate=16000,
        mel_hop_length=160,
        is_causal=True,
        mel_bins=8,
    )
    diffusers.LTX2ConditionPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
        vae=_ltx_vae(diffusers.AutoencoderKLLTX2Video),
        audio_vae=audio,
        text_encoder=Gemma3ForConditionalGeneration(words),
        tokenizer=letters,
        connectors=LTX2TextConnectors(
            caption_channels=16,
            text_proj_in_factor=3,
            video_connector_num_attention_heads=2,
            video_connector_attention_head_dim=8,
            video_connector_num_layers=1,
            video_connector_num_learnable_registers=None,
            audio_connector_num_attention_heads=2,
            audio_connector_attention_head_dim=8,
            audio_connector_num_layers=1,
            audio_connector_num_learnable_registers=None,
            connector_rope_base_seq_len=32,
            rope_theta=10000.0,
            rope_double_precision=False,
            causal_temporal_positioning=False,
            rope_type="split",
        ),
        transformer=_ltx_network(diffusers.LTX2VideoTransformer3DModel),
        vocoder=LTX2Vocoder(
            in_channels=16,
            hidden_channels=32,
            out_channels=2,
            upsample_kernel_sizes=[4, 4],
            upsample_factors=[2, 2],
            resnet_kernel_sizes=[3],
            resnet_dilations=[[1, 3, 5]],
            leaky_relu_negative_slope=0.1,
            output_sampling_rate=16000,
        ),
    ).save_pretrained(folder)
    return folder


def _ltx_network(kind: Any) -> Any:
    made = kind(
        in_channels=4,
        out_channels=4,
        patch_size=1,
        patch_size_t=1,
        num_attention_heads=2,
        attention_head_dim=8,
        cross_attention_dim=16,
        audio_in_channels=4,
        audio_out_channels=4,
        audio_num_attention_heads=2,
        audio_attention_head_dim=4,
        audio_cross_attention_dim=8,
        num_layers=2,
        qk_norm="rms_norm_across_heads",
        caption_channels=16,
        rope_double_precision=False,
        rope_type="split",
    )
    return loud(made, 3.0)


def _ltx_vae(kind: Any) -> Any:
    """Return a network that makes one latent of 8 frames of 16 x 16 pixels."""
    return kind(
        in_channels=3,
        out_channels=3,
        latent_channels=4,
        block_out_channels=(8, 8, 8),
        decoder_block_out_channels=(8, 8, 8),
        layers_per_block=(1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1),
        spatio_temporal_scaling=(True, True, True),
        decoder_spatio_temporal_scaling=(True, True, True),
        decoder_inject_noise=(False, False, False, False),
        downsample_type=("spatiotemporal", "spatiotemporal", "spatiotemporal"),
        upsample_residual=(False, False, False),
        upsample_factor=(1, 1, 1),
        timestep_conditioning=False,
        patch_size=2,
        patch_size_t=1,
        encoder_causal=True,
        decoder_causal=False,
    )


class Sighted:
    """Stands for a processor of the library that needs more than the extra: one patch a picture."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: list[str], images: list[Any], **_: object) -> Any:
        import numpy as np
        import torch
        from transformers import BatchFeature

        words = self._tokenizer(text, return_tensors="pt")
        grid = torch.tensor([[1, 2, 2]] * len(images))
        pixels = [np.asarray(one.resize((28, 28)), np.float32) / 255 for one in images]
        # four patches of 14 x 14, each seen in two moments
        patches = [np.tile(one.reshape(4, -1), (1, 2)) for one in pixels]
        seen = torch.from_numpy(np.concatenate(patches))
        return BatchFeature({**words, "pixel_values": seen, "image_grid_thw": grid})


def qwen_edit() -> Any:
    """Return a pipeline of the Qwen-Image-Edit kind, not saved."""
    import diffusers
    import torch
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    torch.manual_seed(0)
    letters = bytewise()
    words = Qwen2_5_VLConfig(
        text_config={
            **_WORDS,
            "rope_scaling": {"mrope_section": [1, 1, 2], "rope_type": "default"},
        },
        vision_config={
            "depth": 2,
            "hidden_size": 16,
            "intermediate_size": 16,
            "num_heads": 2,
            "out_hidden_size": 16,
        },
        image_token_id=letters.convert_tokens_to_ids("<|image_pad|>"),
        vision_start_token_id=letters.convert_tokens_to_ids("<|vision_start|>"),
    )
    pipe = diffusers.QwenImageEditPlusPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
        vae=diffusers.AutoencoderKLQwenImage(
            base_dim=24,
            z_dim=4,
            dim_mult=[1, 2, 4],
            num_res_blocks=1,
            temperal_downsample=[False, True],
            latents_mean=[0.0] * 4,
            latents_std=[1.0] * 4,
        ),
        text_encoder=Qwen2_5_VLForConditionalGeneration(words).eval(),
        tokenizer=letters,
        processor=None,
        transformer=diffusers.QwenImageTransformer2DModel(
            patch_size=2,
            in_channels=16,
            out_channels=4,
            num_layers=1,
            attention_head_dim=16,
            num_attention_heads=3,
            joint_attention_dim=16,
            guidance_embeds=False,
            axes_dims_rope=(8, 4, 4),
        ),
    )
    pipe.processor = Sighted(letters)
    pipe.set_progress_bar_config(disable=True)
    return pipe
