"""Topic models: fitting, inference, labels, the choice of K and shares by place."""
